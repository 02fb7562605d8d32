package dev.parley.vertex;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.parley.RealtimeException;
import dev.parley.gemini.AccessTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of Google's application default credentials: the file that {@code GOOGLE_APPLICATION_CREDENTIALS} names, what
 * {@code gcloud auth application-default login} left, or the machine's own account on Google Cloud. A token is used until it
 * is about to expire. Safe for use by all threads.
 */
public final class DefaultCredentials implements AccessTokens {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";

    /** One thread, which goes when it has nothing to do. Not a virtual one: the library waits for servers within its locks. */
    private final Executor thread = thread();

    private Map<String, String> environment = Map.of();
    private @Nullable GoogleCredentials credentials;

    private static Executor thread() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parley-vertex");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void configure(Map<String, String> variables) {
        environment = Map.copyOf(variables);
    }

    @Override
    public CompletableFuture<String> next() {
        return CompletableFuture.supplyAsync(this::token, thread);
    }

    private String token() {
        GoogleCredentials known = credentials;
        if (known == null) {
            known = load();
            credentials = known;
        }
        try {
            known.refreshIfExpired();
        } catch (IOException e) {
            // Its text may hold what the server answered.
            throw new RealtimeException.ConnectionFailed("Google gave none for the credentials ("
                    + e.getClass().getSimpleName() + "); are they still valid, and is there a network?");
        }
        AccessToken token = known.getAccessToken();
        if (token == null) {
            throw new RealtimeException.ConnectionFailed(
                    "these credentials have none; set " + FILE + " to a file with others");
        }
        return token.getTokenValue();
    }

    private GoogleCredentials load() {
        String file = environment.getOrDefault(FILE, "").strip();
        try {
            if (file.isEmpty()) {
                return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
            }
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                return GoogleCredentials.fromStream(in).createScoped(SCOPE);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new RealtimeException.InvalidConfig(
                    file.isEmpty()
                            ? "there are no application default credentials; set " + FILE
                                    + " to a file with some, or run: gcloud auth application-default login"
                            : FILE + " names a file that cannot be read as credentials of Google");
        }
    }
}
