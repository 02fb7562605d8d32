package dev.parley.gemini;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where access tokens for Google Cloud come from. Found by {@link java.util.ServiceLoader}; parley-vertex has one, of the
 * application default credentials. Safe for use by all threads.
 */
public interface AccessTokens {
    /** Tells which variables there are, such as {@code GOOGLE_APPLICATION_CREDENTIALS}; called before all else, once. */
    default void configure(Map<String, String> environment) {}

    /**
     * A token that holds now, for the scope {@code https://www.googleapis.com/auth/cloud-platform}. Asked before each
     * connection; does not block.
     *
     * @return completes with the token alone, on any thread; fails if there is none, with a text that holds nothing secret
     *     where the failure is a {@link dev.parley.RealtimeException}
     */
    CompletableFuture<String> next();
}
