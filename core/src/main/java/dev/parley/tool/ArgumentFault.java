package dev.parley.tool;

/** What is wrong with an argument, in words for the model; quotes no value. */
final class ArgumentFault extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * An argument that is not what it must be.
     *
     * @param at its path, such as {@code guests[0].name}
     * @param expected what it must be, such as {@code an integer}
     */
    ArgumentFault(String at, String expected) {
        super("the argument '" + at + "' must be " + expected, null, false, false);
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
