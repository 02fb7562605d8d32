package dev.parley.local.speech;

import org.jspecify.annotations.Nullable;

/** Says that speech could not be heard or spoken, and what to do about it; never quotes what was said. */
public class SpeechException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception with its message. */
    public SpeechException(String message) {
        super(message);
    }

    /** Makes an exception with its message and cause. */
    public SpeechException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
