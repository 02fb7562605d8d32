package dev.parley.local.mind;

import dev.parley.protocol.Json;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The built-in assistant, a demo without a language model: it matches phrases, calls the session's tools where they fit
 * what was asked, and says again what it understood. Instructions do not change what it does.
 */
public final class DemoMind implements Responder {
    /** How a voice agent's slow tool begins what it answers first, and the note in which its result follows. */
    private static final String IN_PROGRESS = "In progress.";

    private static final Pattern LATE_RESULT =
            Pattern.compile("The tool .* has finished its call (\\S+)\\. Its result: (.*)", Pattern.DOTALL);

    private final Clock clock;
    private final Intents intents;

    /** A mind that tells the time of this clock, in its zone. */
    public DemoMind(Clock clock) {
        this(clock, Intents.DEMO);
    }

    /** A mind that understands these phrases. */
    public DemoMind(Clock clock, Intents intents) {
        this.clock = clock;
        this.intents = intents;
    }

    @Override
    public void reply(Request request, Sink sink) {
        List<Turn> turns = request.turns();
        if (!turns.isEmpty() && turns.getLast() instanceof Turn.User user) {
            answer(user, request, sink);
            return;
        }
        String news = news(request);
        if (news.isEmpty()) {
            begin(request, sink);
        } else {
            sink.text(news);
        }
    }

    private void begin(Request request, Sink sink) {
        List<ToolFit> calls = calls(List.of(new Intent.Hello()), request);
        if (calls.isEmpty()) {
            boolean known = request.turns().stream().anyMatch(Turn.User.class::isInstance);
            sink.text(own(known ? Wording.MORE : Wording.HELLO));
        }
        call(calls, request, sink);
    }

    private void answer(Turn.User user, Request request, Sink sink) {
        if (!user.understood()) {
            sink.text(own(Wording.NOT_UNDERSTOOD));
            return;
        }
        if (user.text().isBlank()) {
            sink.text(own(Wording.SILENCE));
            return;
        }
        List<Intent> wanted = wanted(user);
        List<ToolFit> calls = calls(wanted, request);
        List<String> said = new ArrayList<>();
        if (calls.isEmpty() || request.toolChoice() instanceof ToolChoice.Auto) {
            for (Intent intent : wanted) {
                fit(intent, request)
                        .map(fit -> fit.missing().isEmpty() ? "" : missing(fit))
                        .or(() -> Optional.of(own(Wording.answer(intent, ZonedDateTime.now(clock)))))
                        .filter(words -> !words.isEmpty())
                        .ifPresent(said::add);
            }
        }
        if (!said.isEmpty()) {
            sink.text(String.join(" ", said));
        }
        call(calls, request, sink);
    }

    /** The words without the hint at the demo's phrases, where these are not understood. */
    private String own(String words) {
        return intents.demo() ? words : Wording.withoutHint(words);
    }

    /** What the user asks for, at least one thing. */
    private List<Intent> wanted(Turn.User user) {
        List<Intent> known = intents.matchAll(user.text());
        return known.isEmpty() ? List.of(new Intent.Other(user.text())) : known;
    }

    private static Optional<ToolFit> fit(Intent intent, Request request) {
        return request.toolChoice() instanceof ToolChoice.None
                ? Optional.empty()
                : ToolFit.best(intent, request.tools());
    }

    private static String missing(ToolFit fit) {
        return "I would do that, but I was not told the "
                + String.join(" and the ", fit.missing()).replace('_', ' ') + ", and I cannot ask for it.";
    }

    /** The calls that these intents lead to, or that must be made. */
    private static List<ToolFit> calls(List<Intent> wanted, Request request) {
        List<ToolFit> fits =
                wanted.stream().flatMap(intent -> fit(intent, request).stream()).toList();
        return switch (request.toolChoice()) {
            case ToolChoice.None none -> List.of();
            case ToolChoice.Auto auto ->
                fits.stream().filter(fit -> fit.missing().isEmpty()).toList();
            case ToolChoice.Required required ->
                fits.isEmpty()
                        ? request.tools().stream()
                                .limit(1)
                                .map(tool -> ToolFit.of(wanted.getFirst(), tool))
                                .toList()
                        : fits;
            case ToolChoice.Function named ->
                request.tools().stream()
                        .filter(tool -> tool.name().equals(named.name()))
                        .limit(1)
                        .map(tool -> ToolFit.of(wanted.getFirst(), tool))
                        .toList();
        };
    }

    private static void call(List<ToolFit> calls, Request request, Sink sink) {
        boolean goOn = true;
        for (ToolFit fit :
                request.parallelCalls() ? calls : calls.stream().limit(1).toList()) {
            goOn = goOn && sink.call(fit.tool().name(), Json.mapper().writeValueAsString(fit.arguments()));
        }
    }

    /** What came of the calls since the user last spoke, as far as it was not said. */
    private String news(Request request) {
        List<String> news = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        for (Turn turn : request.turns().reversed()) {
            if (turn instanceof Turn.User) {
                break;
            } else if (turn instanceof Turn.Assistant assistant) {
                said.append(assistant.text()).append('\n');
            } else {
                result(turn).ifPresent(result -> news.addFirst(ToolResult.words(result, wanted(request, result))));
            }
        }
        // A result may come in while the one before it is being spoken: it then stands ahead of those words.
        news.removeIf(words -> said.indexOf(words) >= 0);
        return String.join(" ", news);
    }

    /** What a turn tells of a call: the result of one, or a note of a late one. */
    private static Optional<Turn.Result> result(Turn turn) {
        return switch (turn) {
            case Turn.Result result ->
                Optional.of(result).filter(r -> !r.output().startsWith(IN_PROGRESS));
            case Turn.Note note -> {
                Matcher late = LATE_RESULT.matcher(note.text());
                yield late.matches() ? Optional.of(new Turn.Result(late.group(1), late.group(2))) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** What the user wanted that led to a call, if that is known. */
    private @Nullable Intent wanted(Request request, Turn.Result result) {
        Turn.Call call = null;
        for (Turn turn : request.turns().reversed()) {
            if (turn instanceof Turn.Call made && made.callId().equals(result.callId())) {
                call = made;
            } else if (call != null && turn instanceof Turn.User user) {
                return wanted(intents.matchAll(user.text()), call, request.tools());
            }
        }
        return null;
    }

    private static @Nullable Intent wanted(List<Intent> intents, Turn.Call call, List<Tool> tools) {
        Intent found = intents.size() == 1 ? intents.getFirst() : null;
        for (Intent intent : intents.reversed()) {
            ToolFit fit = ToolFit.best(intent, tools).orElse(null);
            if (fit != null
                    && fit.tool().name().equals(call.name())
                    && Json.mapper().writeValueAsString(fit.arguments()).equals(call.arguments())) {
                found = intent;
            }
        }
        return found;
    }
}
