package dev.parley.examples.gamenpc;

import dev.parley.RealtimeClientAdapter;
import dev.parley.RealtimeModule;
import dev.parley.RealtimeSession;
import dev.parley.RealtimeSessionConfig;
import dev.parley.VoiceAgent;
import dev.parley.event.ResponseEvent;
import dev.parley.event.ServerEvent;
import dev.parley.examples.ExampleModule;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The part of the game that talks: a session for each player who enters, in the game's own process. */
final class Inn implements AutoCloseable {
    private final RealtimeModule module;
    private final VoiceAgent innkeeper;

    Inn(Map<String, String> environment) {
        // The game shows subtitles only; for a voice, leave the modalities out and play the audio events.
        innkeeper = VoiceAgent.of(Innkeeper.class, Innkeeper::new).toBuilder()
                .config(RealtimeSessionConfig.builder().outputModalities("text").build())
                .build();
        module = ExampleModule.of(
                environment, Phrasebook.load("classpath:dev/parley/examples/gamenpc/player.phrases"), innkeeper);
    }

    /**
     * A player enters: from now on they may talk.
     *
     * @param subtitles takes what the innkeeper says
     */
    CompletableFuture<RealtimeSession> enter(String name, Player player, Consumer<String> subtitles) {
        RealtimeClientAdapter screen = new RealtimeClientAdapter() {
            @Override
            public String id() {
                return name;
            }

            @Override
            public void send(String event, String data) {
                if (ServerEvent.decode(Json.parse(Bytes.utf8(data))) instanceof ResponseEvent.OutputTextDone said) {
                    subtitles.accept(said.text());
                }
            }

            @Override
            public void disconnect() {}
        };
        return module.service().createSession(screen, innkeeper).thenApply(session -> {
            session.attributes().put(Player.ATTRIBUTE, player);
            return session;
        });
    }

    /** Something happens in the game that the innkeeper remarks upon. */
    static void thunder(RealtimeSession session) {
        session.say("Did you hear that?");
    }

    @Override
    public void close() {
        module.close();
    }

    /** A player types, line by line; end of input ends the game. */
    public static void main(String[] args) throws IOException {
        BufferedReader keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Inn inn = new Inn(System.getenv())) {
            RealtimeSession berta = inn.enter("player", new Player(10), words -> System.out.println("Berta: " + words))
                    .join();
            berta.say("What do you want?");
            for (String line = keyboard.readLine(); line != null; line = keyboard.readLine()) {
                berta.sendText(line);
            }
        }
    }
}
