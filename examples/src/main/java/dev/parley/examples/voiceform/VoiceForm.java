package dev.parley.examples.voiceform;

import dev.parley.RealtimeModule;
import dev.parley.VoiceAgent;
import dev.parley.examples.ExampleModule;
import dev.parley.local.phrase.Phrasebook;
import dev.parley.protocol.Bytes;
import dev.parley.transport.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The form's page and the agent behind it, on one port. */
public final class VoiceForm {
    private VoiceForm() {}

    static RealtimeModule module(Consumer<Booking> inbox, Map<String, String> environment) {
        VoiceAgent agent = VoiceAgent.of(FormAgent.class, () -> new FormAgent(inbox)).toBuilder()
                // The page shows and announces what the tools answer.
                .showsTools(true)
                .build();
        RealtimeModule module = ExampleModule.of(
                environment, Phrasebook.load("classpath:dev/parley/examples/voiceform/form.phrases"), agent);
        serve(module, "/", "page.html", "text/html; charset=utf-8");
        serve(module, "/page.js", "page.js", "text/javascript; charset=utf-8");
        serve(module, "/sound.js", "sound.js", "text/javascript; charset=utf-8");
        serve(module, "/microphone.js", "microphone.js", "text/javascript; charset=utf-8");
        return module;
    }

    private static void serve(RealtimeModule module, String path, String file, String type) {
        HttpResponse page;
        try (InputStream in = Objects.requireNonNull(VoiceForm.class.getResourceAsStream(file), file)) {
            page = new HttpResponse(200, Map.of("content-type", type), Bytes.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        module.mountHttp("GET", path, request -> page);
    }

    /** Listens on port 3000. */
    public static void main(String[] args) {
        module(booking -> System.out.println("A booking has come in."), System.getenv())
                .listen(3000);
        System.out.println("The form is at http://127.0.0.1:3000/");
    }
}
