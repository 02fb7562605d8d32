package dev.parley.tool;

import dev.parley.protocol.Json;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a tool has returned, as the text that the model is told. */
final class ToolResult {
    /** The longest text that the model is told, in characters: it costs tokens in every response from then on. */
    static final int LONGEST = 16_000;

    static final String OK = "{\"ok\":true}";

    private static final String TOO_LONG = "The tool has done its work, but its result is longer than " + LONGEST
            + " characters and cannot be shown. Ask for less, if the tool's arguments allow it.";

    private ToolResult() {}

    /** The text; waits for what is not there yet. */
    static String text(@Nullable Object result) throws Exception {
        String text =
                switch (result) {
                    case null -> OK;
                    case CharSequence words -> words.toString();
                    case CompletionStage<?> later -> text(await(later.toCompletableFuture()));
                    case JsonNode json -> written(json);
                    default -> written(result);
                };
        return text.length() > LONGEST ? TOO_LONG : text;
    }

    private static @Nullable Object await(CompletableFuture<?> later) throws Exception {
        try {
            return later.get();
        } catch (InterruptedException e) {
            later.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (CancellationException e) {
            throw new ToolException("The tool was cancelled.", e);
        }
    }

    private static String written(Object value) {
        Bounded json = new Bounded();
        try {
            Json.mapper().writeValue(json, value);
        } catch (RuntimeException e) {
            if (json.full) {
                return TOO_LONG;
            }
            throw e;
        }
        return json.toString();
    }

    /** A writer that takes no more than can be told, so that what is too long is not made as a whole. */
    private static final class Bounded extends StringWriter {
        private boolean full;

        @Override
        public void write(char[] text, int from, int count) {
            check(count);
            super.write(text, from, count);
        }

        @Override
        public void write(String text, int from, int count) {
            check(count);
            super.write(text, from, count);
        }

        private void check(int count) {
            if (getBuffer().length() + count > LONGEST) {
                full = true;
                throw new IllegalStateException("the result is too long");
            }
        }
    }
}
