package dev.parley.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Json;
import dev.parley.testkit.Caller;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.node.ObjectNode;

/** The application as it is, on a free port, as a browser sees it. */
class LightsApplicationTest {
    @SuppressWarnings("NullAway.Init") // By start().
    private static ConfigurableApplicationContext application;

    @SuppressWarnings("NullAway.Init") // By open().
    private Browser browser;

    @BeforeAll
    static void start() {
        application = SpringApplication.run(LightsApplication.class, "--server.port=0");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void open() {
        browser = new Browser(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** Logs in and greets. */
    private Caller arrive(String user, String password) throws Exception {
        assertThat(browser.logIn(user, password).headers().firstValue("location"))
                .get()
                .asString()
                .doesNotContain("error");
        Caller caller = browser.call("/talk");
        assertThat(answer(caller)).isEqualTo("Hello, " + user + ". Which light?");
        return caller;
    }

    /** Types something and tells what was said in return. */
    private static String type(Caller caller, String words) {
        ObjectNode item = Json.object().put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", words);
        ObjectNode create = Json.object().put("type", "conversation.item.create");
        create.set("item", item);
        caller.send(create.toString()).send("{\"type\":\"response.create\"}");
        return answer(caller);
    }

    /** The words of the next answer, of which there was audio. */
    private static String answer(Caller caller) {
        int audio = 0;
        while (true) {
            ObjectNode event = caller.next();
            switch (event.path("type").asString("")) {
                case "response.output_audio.delta" ->
                    audio += event.path("delta").asString("").length();
                case "response.output_audio_transcript.done" -> {
                    String words = event.path("transcript").asString("");
                    caller.next("response.done");
                    assertThat(audio).as("audio of: %s", words).isGreaterThan(24_000);
                    return words;
                }
                case "error" -> throw new AssertionError(event.toString());
                default -> {
                    // Not what is waited for.
                }
            }
        }
    }

    @Test
    void nobodyComesInWithoutALogin() throws Exception {
        for (String path : List.of("/", "/index.html", "/page.js", "/v1/realtime")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(302);
            assertThat(browser.get(path).headers().firstValue("location"))
                    .as(path)
                    .get()
                    .asString()
                    .endsWith("/login");
        }
        assertThat(browser.get("/lights").statusCode()).isEqualTo(401);
        assertThat(browser.refusal("/talk", browser.origin())).isEqualTo(401);
        assertThat(browser.refusal("/realtime", browser.origin())).isEqualTo(302);
        assertThat(browser.logIn("ada", "hopper").headers().firstValue("location"))
                .get()
                .asString()
                .endsWith("/login?error");
        assertThat(browser.refusal("/talk", browser.origin())).isEqualTo(401);
        assertThat(browser.post("/login", "username", "ada", "password", "lovelace")
                        .headers()
                        .firstValue("location"))
                .as("without the form's token")
                .get()
                .asString()
                .endsWith("/login");
        assertThat(browser.refusal("/talk", browser.origin())).isEqualTo(401);
    }

    @Test
    void thePageComesWithTheLogin() throws Exception {
        assertThat(browser.logIn("ada", "lovelace").statusCode()).isEqualTo(302);
        assertThat(browser.get("/").body()).contains("lang=\"en\"", "role=\"status\"", "aria-live=\"polite\"");
        for (String script : List.of("/page.js", "/sound.js", "/microphone.js")) {
            assertThat(browser.get(script).headers().firstValue("content-type"))
                    .as(script)
                    .get()
                    .asString()
                    .startsWith("text/javascript");
        }
        assertThat(browser.refusal("/talk", "https://evil.example"))
                .as("a page of another server, with the cookie")
                .isEqualTo(403);
    }

    @Test
    void everybodySwitchesTheirOwnLights() throws Exception {
        try (Caller ada = arrive("ada", "lovelace")) {
            assertThat(type(ada, "Which of my lights are on?")).isEqualTo("On: kitchen.");
            assertThat(type(ada, "Switch on the hall light.")).isEqualTo("The hall light is on.");
            assertThat(type(ada, "Switch on the garden light."))
                    .isEqualTo("You have no light in the garden. You have: hall, kitchen, study.");
            assertThat(type(ada, "Which lights are on?")).isEqualTo("On: hall and kitchen.");
            assertThat(browser.get("/lights").body()).isEqualTo("{\"hall\":true,\"kitchen\":true,\"study\":false}");
            try (Browser other = new Browser(browser.port())) {
                assertThat(other.logIn("grace", "hopper").statusCode()).isEqualTo(302);
                try (Caller grace = other.call("/talk")) {
                    assertThat(answer(grace)).isEqualTo("Hello, grace. Which light?");
                    assertThat(type(grace, "Turn everything off."))
                            .isEqualTo("All of your lights are off. Good night.");
                }
                assertThat(other.get("/lights").body()).isEqualTo("{\"bedroom\":false,\"garden\":false}");
            }
            assertThat(type(ada, "Which of my lights are on?")).isEqualTo("On: hall and kitchen.");
        }
    }

    @Test
    void healthNeedsNoLoginAndShowsSessionsOnlyWithOne() throws Exception {
        assertThat(browser.get("/actuator/health").body()).contains("\"UP\"").doesNotContain("parley");
        assertThat(browser.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(browser.get("/actuator/metrics").statusCode()).isEqualTo(302);
        browser.logIn("grace", "hopper");
        assertThat(browser.get("/actuator/health").body()).contains("\"parley\"", "\"sessions\"");
    }
}
