package dev.parley;

/** The one family of exceptions of Parley. Each message says what happened, with what value, and what to do. */
public sealed class RealtimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RealtimeException(String message) {
        super(message);
    }

    /** A setting is missing, or has a value that cannot be used. */
    public static final class InvalidConfig extends RealtimeException {
        private static final long serialVersionUID = 1L;

        public InvalidConfig(String message) {
            super(message);
        }
    }

    /** A session or a connection could not be opened, or has ended. */
    public static final class ConnectionFailed extends RealtimeException {
        private static final long serialVersionUID = 1L;

        public ConnectionFailed(String message) {
            super(message);
        }
    }

    /** More waits than may be kept; what was to be added was not. */
    public static final class NoRoom extends RealtimeException {
        private static final long serialVersionUID = 1L;

        public NoRoom(String message) {
            super(message);
        }
    }
}
