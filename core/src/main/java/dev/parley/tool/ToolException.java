package dev.parley.tool;

/** Thrown by a tool to tell the model, in words for it, what went wrong and what it may do. */
public class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the words for the model. */
    public ToolException(String message) {
        super(message);
    }

    /** With the words for the model, and the cause for the application. */
    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
