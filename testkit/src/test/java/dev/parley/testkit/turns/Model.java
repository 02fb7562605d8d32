package dev.parley.testkit.turns;

import dev.parley.protocol.Json;
import dev.parley.testkit.MemoryLeg;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A provider that keeps OpenAI's rule of one active response: a request that meets another is refused by an error that
 * names it. Speech ends what is active, and is answered by itself. Everything takes its time in both directions.
 */
final class Model {
    private final Talk talk;
    private final SplittableRandom dice;
    private final boolean automatic;
    /** How long the audio of each answer is, if it comes to that. */
    private static final int AUDIO_MS = 500;

    private final Set<String> generated = new HashSet<>();
    private int seen;
    private int numbers;
    private long lastUp;
    private long lastDown;

    @Nullable
    private String active;
    /** The event ids of requests that met another response. */
    final Set<String> refused = new HashSet<>();

    private int speeches;
    private boolean speaking;

    Model(Talk talk, SplittableRandom dice, boolean automatic) {
        this.talk = talk;
        this.dice = dice;
        this.automatic = automatic;
        this.seen = talk.provider.sent().size();
    }

    /** Takes what was sent since the last time, each after its delay and in order. */
    void takes() {
        while (seen < talk.provider.sent().size()) {
            ObjectNode event = Json.parse(talk.provider.sent().get(seen++).wire());
            lastUp = later(lastUp);
            talk.lane.schedule(() -> take(event), Duration.ofNanos(lastUp - talk.lane.nanoTime()));
        }
    }

    private long later(long last) {
        return Math.max(last, talk.lane.nanoTime() + dice.nextInt(1, 150) * 1_000_000L);
    }

    private void says(String json) {
        lastDown = later(lastDown);
        MemoryLeg leg = talk.provider;
        talk.lane.schedule(() -> leg.arrive(talk.event(json)), Duration.ofNanos(lastDown - talk.lane.nanoTime()));
    }

    private void take(ObjectNode event) {
        String id = event.path("event_id").asString("");
        switch (event.path("type").asString("")) {
            case "response.create" -> {
                if (active != null) {
                    refused.add(id);
                    error("conversation_already_has_active_response", id);
                } else if (dice.nextInt(30) == 0) {
                    error("invalid_value", id);
                } else {
                    begin();
                }
            }
            case "response.cancel" -> {
                if (active == null) {
                    error("response_cancel_not_active", id);
                } else {
                    end("cancelled");
                }
            }
            default -> {}
        }
    }

    private void error(String code, String id) {
        says("{'type':'error','error':{'code':'" + code + "','event_id':" + (id.isEmpty() ? "null" : "'" + id + "'")
                + "}}");
    }

    private void begin() {
        String id = "r" + ++numbers;
        String item = "a" + numbers;
        active = id;
        says("{'type':'response.created','response':{'id':'" + id + "','conversation_id':'conv'}}");
        says("{'type':'response.output_item.added','response_id':'" + id + "','item':{'id':'" + item
                + "','type':'message','role':'assistant'}}");
        talk.lane.schedule(
                () -> {
                    if (id.equals(active)) {
                        says("{'type':'response.output_audio.delta','item_id':'" + item
                                + "','content_index':0,'delta':'" + "AAAA".repeat(16 * AUDIO_MS) + "'}");
                        generated.add(item);
                    }
                },
                Duration.ofMillis(dice.nextInt(200)));
        talk.lane.schedule(
                () -> {
                    if (id.equals(active)) {
                        end(dice.nextInt(10) == 0 ? "failed" : "completed");
                    }
                },
                Duration.ofMillis(dice.nextInt(1_500)));
    }

    private void end(String status) {
        says("{'type':'response.done','response':{'id':'" + active + "','conversation_id':'conv','status':'" + status
                + "','output':[]}}");
        active = null;
    }

    int generatedMillis(String item) {
        return generated.contains(item) ? AUDIO_MS : 0;
    }

    /** The user speaks for so many ms. */
    void hears(int ms) {
        if (speaking) {
            return;
        }
        speaking = true;
        String item = "u" + ++speeches;
        says("{'type':'input_audio_buffer.speech_started','item_id':'" + item + "'}");
        if (automatic && active != null) {
            end("cancelled");
        }
        talk.lane.schedule(
                () -> {
                    speaking = false;
                    says("{'type':'input_audio_buffer.speech_stopped','item_id':'" + item + "'}");
                    says("{'type':'input_audio_buffer.committed','previous_item_id':null,'item_id':'" + item + "'}");
                    // Now and then an answer fails to come.
                    if (automatic && active == null && dice.nextInt(8) > 0) {
                        begin();
                    }
                },
                Duration.ofMillis(ms));
    }
}
