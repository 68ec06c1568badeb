package io.tean.register.sheet;

/** The language of headings that are written; both are read. */
public enum Language {
    CHINESE("错误"),
    ENGLISH("problem");

    private final String problem;

    Language(String problem) {
        this.problem = problem;
    }

    /** The last column of a file that is to be corrected: it says what is wrong, and is passed over when the file comes back. */
    public String problem() {
        return problem;
    }
}
