package dev.parley.turn;

import dev.parley.RealtimeException;
import dev.parley.Turn;
import dev.parley.lane.Mailbox;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** The answer to a wish of the application, as a future that completes off the lane. */
public final class Answer {
    private final CompletableFuture<Turn> future = new CompletableFuture<>();

    /** Where the application waits. */
    public CompletableFuture<Turn> future() {
        return future;
    }

    /**
     * The wish is settled.
     *
     * @param response the {@code response} of {@code response.done}, or a missing node if there is none
     * @param began when it was wished for
     */
    public void settle(JsonNode response, Instant began) {
        for (JsonNode item : response.path("output")) {
            if (item.path("type").asString("").equals("message")) {
                Turn turn = turn(item, !response.path("status").asString("").equals("completed"), began);
                future.completeAsync(() -> turn, Mailbox.threads());
                return;
            }
        }
        fail(
                response.isMissingNode()
                        ? "there was no answer: the provider refused, or the session has ended"
                        : "there was no answer: the response is '"
                                + response.path("status").asString("") + "' and holds no message");
    }

    /** Whether a response has called tools and said nothing. */
    public static boolean onlyCalls(JsonNode response) {
        boolean calls = false;
        for (JsonNode item : response.path("output")) {
            String type = item.path("type").asString("");
            if (type.equals("message")) {
                return false;
            }
            calls |= type.equals("function_call");
        }
        return calls && response.path("status").asString("").equals("completed");
    }

    /** There will be none. */
    public void fail(String why) {
        Mailbox.threads().execute(() -> future.completeExceptionally(new RealtimeException.ConnectionFailed(why)));
    }

    private static Turn turn(JsonNode item, boolean interrupted, Instant began) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : item.path("content")) {
            text.append(part.path("transcript").asString(part.path("text").asString("")));
        }
        return new Turn(
                item.path("id").asString(""),
                Turn.Role.ASSISTANT,
                text.toString(),
                interrupted ? "" : text.toString(),
                interrupted,
                began);
    }
}
