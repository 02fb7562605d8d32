package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The built-in assistant, a demo without a language model: it matches phrases, calls the session's tools where one fits
 * what was asked, and says again what it understood. Instructions do not change what it does.
 */
public final class DemoMind implements Responder {
    private static final int LONGEST_ECHO = 200;

    private final Clock clock;

    /** A mind that tells the time of this clock, in its zone. */
    public DemoMind(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void reply(Request request, Sink sink) {
        List<Turn> turns = request.turns();
        Turn last = turns.isEmpty() ? null : turns.getLast();
        switch (last) {
            case Turn.Result result -> sink.text(ToolResult.words(result, wanted(turns, result)));
            case Turn.User user -> answer(user, request, sink);
            case null, default -> begin(request, sink);
        }
    }

    private void begin(Request request, Sink sink) {
        if (!forced(new Intent.Hello(), request, sink)) {
            sink.text("Hello. I am a demo. Ask me: what can you do?");
        }
    }

    private void answer(Turn.User user, Request request, Sink sink) {
        if (!user.understood() || user.text().isBlank()) {
            sink.text(Wording.NOT_UNDERSTOOD);
            return;
        }
        Optional<Intent> intent = Intents.match(user.text());
        if (forced(intent.orElse(new Intent.Hello()), request, sink)) {
            return;
        }
        if (intent.isEmpty()) {
            sink.text("You said: " + ToolResult.sentence(user.text().strip(), LONGEST_ECHO)
                    + " I am a demo and only know a few phrases. Ask me: what can you do?");
            return;
        }
        ToolFit fit = request.toolChoice() instanceof ToolChoice.None
                ? null
                : ToolFit.best(intent.get(), request.tools()).orElse(null);
        if (fit == null) {
            sink.text(Wording.answer(intent.get(), ZonedDateTime.now(clock)));
        } else if (fit.missing().isEmpty()) {
            call(fit, sink);
        } else {
            sink.text("I would do that, but I was not told the "
                    + String.join(" and the ", fit.missing()).replace('_', ' ') + ", and I cannot ask for it.");
        }
    }

    /** Calls a tool if one must be called; answers whether it did. */
    private static boolean forced(Intent intent, Request request, Sink sink) {
        Tool tool =
                switch (request.toolChoice()) {
                    case ToolChoice.Function named -> find(request.tools(), named.name());
                    case ToolChoice.Required required ->
                        ToolFit.best(intent, request.tools())
                                .map(ToolFit::tool)
                                .orElse(
                                        request.tools().isEmpty()
                                                ? null
                                                : request.tools().getFirst());
                    default -> null;
                };
        if (tool == null) {
            return false;
        }
        call(ToolFit.of(intent, tool), sink);
        return true;
    }

    private static @Nullable Tool find(List<Tool> tools, String name) {
        return tools.stream().filter(t -> t.name().equals(name)).findFirst().orElse(null);
    }

    private static void call(ToolFit fit, Sink sink) {
        sink.call(fit.tool().name(), Json.mapper().writeValueAsString(fit.arguments()));
    }

    /** What the user wanted that led to a call, if that is known. */
    private static @Nullable Intent wanted(List<Turn> turns, Turn.Result result) {
        int call = -1;
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i) instanceof Turn.Call made && made.callId().equals(result.callId())) {
                call = i;
            } else if (call >= 0 && turns.get(i) instanceof Turn.User user) {
                return Intents.match(user.text()).orElse(null);
            }
        }
        return null;
    }
}
