package io.tean.alerting.judge;

/** What judging counts. */
public interface JudgeCounts {
    void judged(int readings);

    /** A reading that came after a newer one of its stream. */
    void late();

    /** Machines of which the database had to be asked. */
    void loaded(int machines);

    /** Windows that the clock fired, for no reading said that they were over. */
    void firedByClock(int windows);

    /** For tests and tools that count nothing. */
    JudgeCounts NONE = new JudgeCounts() {
        @Override
        public void judged(int readings) {}

        @Override
        public void late() {}

        @Override
        public void loaded(int machines) {}

        @Override
        public void firedByClock(int windows) {}
    };
}
