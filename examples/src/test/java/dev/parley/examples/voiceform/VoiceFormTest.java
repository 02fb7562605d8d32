package dev.parley.examples.voiceform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeModule;
import dev.parley.examples.caller.SpokenCaller;
import dev.parley.local.speech.MaryVoice;
import dev.parley.protocol.Json;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VoiceFormTest {
    @Test
    void aBookingByVoiceAlone() throws Exception {
        List<Booking> inbox = Collections.synchronizedList(new ArrayList<>());
        List<JsonNode> shown = Collections.synchronizedList(new ArrayList<>());
        try (RealtimeModule module = VoiceForm.module(inbox::add, Map.of());
                MaryVoice voice = MaryVoice.load()) {
            InetSocketAddress at = module.listen(0);
            thePageIsThere(at);
            try (SpokenCaller person = new SpokenCaller(at, "voice-form", voice, "verse")) {
                person.watch("conversation.item.done", event -> {
                    JsonNode item = event.path("item");
                    if (item.path("type").asString("").equals("function_call_output")) {
                        shown.add(item.path("output"));
                    }
                });
                assertThat(person.hear().words()).isEqualTo("Your booking. On which day?");
                assertThat(person.say("Send it.").words()).isEqualTo("Something is missing. On which day?");
                assertThat(person.say("On friday at half past seven.").words())
                        .isEqualTo("Noted: on Friday, at 19:30. For how many?");
                assertThat(person.say("We are four people.").words()).endsWith("What is your phone number?");
                assertThat(person.say("My number is four one five nine.").words())
                        .contains("phone 4 1 5 9");
                assertThat(person.say("Send it.").words()).isEqualTo("Sent. Thank you.");
            }
        }
        assertThat(inbox).containsExactly(new Booking(DayOfWeek.FRIDAY, LocalTime.of(19, 30), 4, "4159"));
        JsonNode last = Json.parse(shown.getLast().asString().getBytes(StandardCharsets.UTF_8));
        assertThat(last.path("sent").asBoolean()).isTrue();
        assertThat(last.path("form").path("day").asString()).isEqualTo("FRIDAY");
        assertThat(last.path("form").path("people").asInt()).isEqualTo(4);
    }

    private static void thePageIsThere(InetSocketAddress at) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            for (String path : List.of("/", "/page.js", "/sound.js", "/microphone.js")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + path))
                        .build();
                HttpResponse<String> page = browser.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.headers().firstValue("content-type").orElse(""))
                        .startsWith(path.equals("/") ? "text/html" : "text/javascript");
                if (path.equals("/")) {
                    assertThat(page.body()).contains("lang=\"en\"", "role=\"status\"", "aria-live=\"polite\"");
                }
            }
        }
    }
}
