package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.OnConnect;
import dev.parley.OnDisconnect;
import dev.parley.OnMessage;
import dev.parley.Realtime;
import dev.parley.RealtimeException;
import dev.parley.RealtimeModuleOptions;
import dev.parley.RealtimeSession;
import dev.parley.Subscribe;
import dev.parley.VoiceAgent;
import dev.parley.event.ClientEvent;
import dev.parley.event.ResponseEvent;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotatedAgentTest {
    @Realtime(
            path = "/desk",
            instructions = "Be brief.",
            voice = "marin",
            provider = "local",
            model = "m1",
            turnDetection = "semantic_vad",
            greeting = "Welcome.")
    static class FrontDesk {
        @OnConnect
        void hello(RealtimeSession session, Optional<Principal> who) {}

        @Subscribe({"response.done"})
        void done(ResponseEvent.Done event) {}

        @Subscribe({"response.done", "response.created"})
        void any(ResponseEvent event, ControlEvent raw) {}

        @OnMessage
        void said(ClientEvent event) {}

        @OnDisconnect
        void gone(CloseReason why) {}
    }

    /** As a proxy: a subclass that has no annotation of its own, and overrides a method. */
    static final class FrontDeskProxy extends FrontDesk {
        @Override
        @OnConnect
        void hello(RealtimeSession session, Optional<Principal> who) {}
    }

    @Test
    void takesAllThatTheClassSays() {
        VoiceAgent agent = VoiceAgent.of(new FrontDesk());
        assertThat(agent.name()).isEqualTo("front-desk");
        assertThat(agent.path()).isEqualTo("/desk");
        assertThat(agent.provider()).contains("local");
        assertThat(agent.greeting()).isEqualTo("Welcome.");
        assertThat(agent.config().model()).contains("m1");
        assertThat(agent.config().session().orElseThrow())
                .hasToString("{\"type\":\"realtime\",\"instructions\":\"Be brief.\",\"audio\":{\"output\":{\"voice\":"
                        + "\"marin\"},\"input\":{\"turn_detection\":{\"type\":\"semantic_vad\"}}}}");
        assertThat(agent.hooks().stream().map(Hook::kind))
                .containsExactlyInAnyOrder(
                        Hook.Kind.CONNECT, Hook.Kind.DISCONNECT, Hook.Kind.MESSAGE, Hook.Kind.EVENT, Hook.Kind.EVENT);
        assertThat(agent.hooks().stream().flatMap(hook -> hook.types().stream()))
                .contains(EventType.RESPONSE_CREATED);
    }

    @Test
    void findsTheAnnotationAboveAProxyAndCallsAnOverriddenMethodOnce() {
        VoiceAgent agent = VoiceAgent.of(new FrontDeskProxy());
        assertThat(agent.name()).isEqualTo("front-desk");
        assertThat(agent.hooks()).hasSize(5);
    }

    @Realtime(instructions = "classpath:dev/parley/agent/instructions.md")
    static class FromResource {}

    @Realtime(instructions = "classpath:nowhere.md")
    static class NoResource {}

    @Test
    void readsInstructionsFromAResource() {
        assertThat(VoiceAgent.of(new FromResource()).config().session().orElseThrow())
                .hasToString("{\"type\":\"realtime\",\"instructions\":\"You are kind – always.\"}");
        assertThatThrownBy(() -> VoiceAgent.of(new NoResource()))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContainingAll("NoResource", "nowhere.md");
    }

    @Realtime
    static class Misspelt {
        @Subscribe("response.finished")
        void wrong() {}
    }

    @Realtime
    static class OtherEvent {
        @Subscribe("response.created")
        void wrong(ResponseEvent.Done event) {}
    }

    @Realtime
    static class NoEventThere {
        @OnConnect
        void wrong(ControlEvent event) {}
    }

    @Realtime
    static class Returning {
        @OnMessage
        String wrong(ClientEvent event) {
            return "";
        }
    }

    @Realtime
    static class Twice {
        @OnConnect
        @OnMessage
        void wrong() {}
    }

    @Realtime
    static class Still {
        @OnConnect
        static void wrong() {}
    }

    @Realtime(turnDetection = "vad")
    static class Detecting {}

    static class NotAnnotated {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Misspelt.class,
                OtherEvent.class,
                NoEventThere.class,
                Returning.class,
                Twice.class,
                Still.class,
                Detecting.class,
                NotAnnotated.class
            })
    void refusesWhatCannotWorkAndNamesIt(Class<?> wrong) {
        assertThatThrownBy(() -> VoiceAgent.of(wrong, () -> null))
                .isInstanceOf(RealtimeException.InvalidConfig.class)
                .hasMessageContaining(wrong.getName())
                .satisfies(e -> {
                    boolean hasMethod = wrong.getDeclaredMethods().length > 0;
                    assertThat(String.valueOf(e.getMessage()).contains(".wrong "))
                            .isEqualTo(hasMethod);
                });
    }

    @Test
    void refusesTwoAgentsOnOnePathOrOfOneName() {
        RealtimeModuleOptions.Builder options =
                RealtimeModuleOptions.builder().environment(Map.of()).agent(new FrontDesk());
        options.agent(VoiceAgent.builder().name("other").path("/desk").build());
        assertThatThrownBy(options::build).hasMessageContainingAll("front-desk", "other", "/desk");
        RealtimeModuleOptions.Builder named = RealtimeModuleOptions.builder().environment(Map.of());
        named.agent(VoiceAgent.builder().path("/a").build());
        named.agent(VoiceAgent.builder().path("/b").build());
        assertThatThrownBy(named::build).hasMessageContainingAll("name", "agent", "/a", "/b");
    }
}
