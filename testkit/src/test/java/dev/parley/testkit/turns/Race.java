package dev.parley.testkit.turns;

import dev.parley.turn.ResponseWish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One random session in which everybody asks for responses. */
final class Race {
    /**
     * How it went.
     *
     * @param wishes how many responses the agent wanted
     * @param met how many of its requests met another response
     * @param answered how many wishes were settled by a response
     */
    record Result(int wishes, int met, int answered) {}

    private final SplittableRandom dice;
    private final Talk talk;
    private final Model model;
    private final List<JsonNode> settled = new ArrayList<>();
    private int wishes;
    private int requests;

    Race(long seed) {
        dice = new SplittableRandom(seed);
        boolean automatic = dice.nextInt(3) > 0;
        talk = new Talk(seed, automatic ? "{'type':'server_vad'}" : "null");
        model = new Model(talk, dice, automatic);
    }

    Result run() {
        for (int ms = 0; ms < 10_000; ms += 5) {
            if (dice.nextInt(60) == 0) {
                step();
            }
            passes();
        }
        for (int ms = 0; ms < 180_000 && settled.size() < wishes; ms += 5) {
            passes();
        }
        check(settled.size() == wishes, settled.size() + " of " + wishes + " wishes are settled");
        for (ObjectNode error : Talk.sent(talk.client, "error")) {
            String cause = error.path("error").path("event_id").asString("");
            check(cause.isEmpty() || cause.startsWith("c"), "the client was told of an error of '" + cause + "'");
        }
        checkTruncates();
        check(!talk.provider.unflushed(), "something was sent and not flushed");
        talk.session.handle().disconnect();
        talk.lane.run();
        passes();
        int met = (int)
                model.refused.stream().filter(id -> id.startsWith("event_")).count();
        int answered =
                (int) settled.stream().filter(each -> !each.isMissingNode()).count();
        return new Result(wishes, met, answered);
    }

    /** At most one for an item, and at most at its end. */
    private void checkTruncates() {
        Set<String> truncated = new HashSet<>();
        for (ObjectNode truncate : Talk.sent(talk.provider, "conversation.item.truncate")) {
            String item = truncate.path("item_id").asString("");
            check(truncated.add(item), item + " was truncated twice");
            check(
                    truncate.path("audio_end_ms").asInt(-1) <= model.generatedMillis(item),
                    item + " was truncated beyond its end");
        }
    }

    private void passes() {
        talk.passes(5);
        model.takes();
    }

    private void step() {
        switch (dice.nextInt(5)) {
            case 0 -> model.hears(dice.nextInt(50, 2_000));
            case 1 ->
                talk.sends("{'type':'response.create'"
                        + (dice.nextBoolean() ? ",'event_id':'c" + ++requests + "'}" : "}"));
            case 2 -> wants(false);
            case 3 -> wants(true);
            default -> {
                if (dice.nextInt(3) == 0) {
                    talk.session.handle().interrupt();
                }
            }
        }
        talk.lane.run();
        model.takes();
    }

    private void wants(boolean any) {
        wishes++;
        ResponseWish wish = new ResponseWish(Optional.empty(), any, settled::add);
        talk.wants(wish);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
