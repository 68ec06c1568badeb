package io.tean.simulators.link;

/** One attempt at a connection to the server: opened when made, used while it lives, then thrown away and never reused. */
interface Connection {
    /** What became of handing a message over. */
    enum Handed {
        TAKEN,
        /** Not now: the window is full; an acknowledgement makes room. */
        FULL,
        /** This connection is of no use any more. */
        BROKEN
    }

    /** Whom the connection tells; called on any thread, never blocking. */
    interface Listener {
        /**
         * @param receiveMaximum how many unacknowledged messages the server allows
         */
        void opened(int receiveMaximum);

        /**
         * @param reasonCode of the PUBACK; from 0x80 on the message is refused, which also settles it
         */
        void acknowledged(long number, int reasonCode);

        /** It could not be opened, or was closed. */
        void lost(String why);
    }

    /** Makes connections. */
    @FunctionalInterface
    interface Maker {
        Connection open(Listener listener);
    }

    Handed hand(long number, Parcel parcel);

    /** Gives it up; returns at once. */
    void discard();
}
