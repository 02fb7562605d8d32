package dev.parley.server.doctor;

/**
 * What a check found.
 *
 * @param subject in a word or two
 * @param text what is so and, if it is not well, what to do
 */
record Finding(Verdict verdict, String subject, String text) {
    /** How grave it is. */
    enum Verdict {
        OK,
        /** Something that is optional will not work. */
        WARN,
        /** Parley will not work. */
        FAIL
    }

    /** Looks at one thing. */
    @FunctionalInterface
    interface Check {
        Finding look();
    }

    static Finding ok(String subject, String text) {
        return new Finding(Verdict.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(Verdict.WARN, subject, text);
    }

    static Finding fail(String subject, String text) {
        return new Finding(Verdict.FAIL, subject, text);
    }
}
