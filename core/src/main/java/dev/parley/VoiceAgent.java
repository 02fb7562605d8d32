package dev.parley;

import dev.parley.agent.AnnotatedAgent;
import dev.parley.agent.Hook;
import dev.parley.event.ClientEvent;
import dev.parley.guardrail.Guardrail;
import dev.parley.leg.CloseReason;
import dev.parley.protocol.ControlEvent;
import dev.parley.protocol.EventType;
import dev.parley.protocol.Json;
import dev.parley.tool.RealtimeTool;
import dev.parley.tool.RemoteTools;
import dev.parley.tool.ToolApproval;
import dev.parley.tool.Toolbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one can talk to: how it talks, what it may do, and what happens in its sessions. Made of a class with
 * {@link Realtime}, or by its {@link #builder}, which can do the same. Safe for use by all threads.
 *
 * <p>The methods of such a class get what their parameters' types ask for: a {@link RealtimeSession}; the event as its
 * record of {@link dev.parley.event} or as {@link ControlEvent}, {@link dev.parley.protocol.Event} or
 * {@link ObjectNode}; in {@link OnDisconnect} the {@link CloseReason}; a {@link java.security.Principal} as an
 * {@link Optional}. In {@link Tool} methods every other parameter is an argument of the tool.
 */
public final class VoiceAgent {
    private final String name;
    private final String path;
    private final RealtimeSessionConfig config;
    private final @Nullable String provider;
    private final String greeting;
    private final Toolbox tools;
    private final List<RemoteTools> remoteTools;
    private final @Nullable ToolApproval approval;
    private final List<Guardrail> guardrails;
    private final List<ConversationListener> listeners;
    private final List<Hook> hooks;
    private final @Nullable Supplier<?> objects;
    private final boolean showsTools;

    private VoiceAgent(Builder from) {
        name = from.name;
        path = from.path;
        config = from.config;
        provider = from.provider;
        greeting = from.greeting;
        try {
            tools = new Toolbox(from.tools);
        } catch (RealtimeException e) {
            throw new RealtimeException.InvalidConfig("the agent '" + name + "': " + e.getMessage());
        }
        remoteTools = List.copyOf(from.remoteTools);
        approval = from.approval;
        guardrails = List.copyOf(from.guardrails);
        listeners = List.copyOf(from.listeners);
        hooks = List.copyOf(from.hooks);
        objects = from.objects;
        showsTools = from.showsTools;
        if (approval == null) {
            Optional<String> unapproved = tools.tools().stream()
                    .filter(tool -> tool.spec().approval())
                    .map(tool -> tool.spec().name())
                    .findFirst()
                    .or(() -> remoteTools.stream()
                            .filter(RemoteTools::approval)
                            .map(RemoteTools::label)
                            .findFirst());
            if (unapproved.isPresent()) {
                throw new RealtimeException.InvalidConfig("the tool '" + unapproved.get() + "' of the agent '" + name
                        + "' needs approval, and there is nobody who approves: give the agent a ToolApproval");
            }
        }
    }

    /** An agent with nothing set, at {@code /realtime}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The agent that an object of a class with {@link Realtime} is; all of its sessions share the object.
     *
     * @throws RealtimeException if the class cannot be one; the text names the class and the method at fault
     */
    public static VoiceAgent of(Object annotated) {
        return builder().annotated(annotated.getClass(), () -> annotated).build();
    }

    /** As {@link #of(Object)}, with an object of its own for each session, made on a virtual thread when it begins. */
    public static <T> VoiceAgent of(Class<T> annotated, Supplier<? extends T> objects) {
        return builder().annotated(annotated, objects).build();
    }

    /** A builder that starts with all that this agent has. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Its name, by which clients of {@code /v1/realtime} ask for it as the model. */
    public String name() {
        return name;
    }

    /** Where its clients connect. */
    public String path() {
        return path;
    }

    /** What its sessions start with, without its tools. */
    public RealtimeSessionConfig config() {
        return config;
    }

    /** The provider of its sessions; empty: the module's default. */
    public Optional<String> provider() {
        return Optional.ofNullable(provider);
    }

    /** What it says first; empty: nothing. */
    public String greeting() {
        return greeting;
    }

    /** What it may call. */
    public Toolbox tools() {
        return tools;
    }

    /** What the provider may call for it. */
    public List<RemoteTools> remoteTools() {
        return remoteTools;
    }

    /** Who approves calls of tools that need it; not present: no tool does. */
    public Optional<ToolApproval> approval() {
        return Optional.ofNullable(approval);
    }

    /** What checks its sessions, in order. */
    public List<Guardrail> guardrails() {
        return guardrails;
    }

    /** Who is told what was said. */
    public List<ConversationListener> listeners() {
        return listeners;
    }

    /** What is called when something happens in its sessions. */
    public List<Hook> hooks() {
        return hooks;
    }

    /** The agent's object for a new session, or null if it has none. Runs the application's code. */
    public @Nullable Object newObject() {
        return objects == null ? null : objects.get();
    }

    /** Whether clients see its instructions and tools, and the calls of these. */
    public boolean showsTools() {
        return showsTools;
    }

    /**
     * What its sessions start with, above {@code base}: {@link #config}, its tools, and no answers that a guardrail has not
     * allowed.
     */
    public RealtimeSessionConfig sessionConfig(RealtimeSessionConfig base) {
        RealtimeSessionConfig merged = base.with(config);
        RealtimeSessionConfig.Builder session = merged.toBuilder().transcription(false);
        if (config.has("instructions") && !config.has("prompt")) {
            // A stored prompt would be other instructions beside the agent's.
            session.without("prompt");
        }
        List<ObjectNode> all = new ArrayList<>(merged.tools());
        all.removeIf(tool -> tools.named(tool.path("name").asString("")).isPresent());
        tools.tools().forEach(tool -> all.add(tool.spec().json()));
        remoteTools.forEach(remote -> all.add(remote.json()));
        if (!all.isEmpty()) {
            ArrayNode array = Json.object().putArray("tools");
            array.addAll(all);
            session.session(Json.object().set("tools", array));
        }
        if (guards(Guardrail.Point.INPUT)) {
            session.withoutAutomaticResponses();
        }
        return session.build();
    }

    /** Whether somebody is to read what the user says. */
    public boolean wantsTranscripts() {
        return guards(Guardrail.Point.INPUT) || !listeners.isEmpty();
    }

    private boolean guards(Guardrail.Point point) {
        return guardrails.stream().anyMatch(each -> each.points().contains(point));
    }

    @Override
    public String toString() {
        return "VoiceAgent[name=" + name + ", path=" + path + "]";
    }

    /** Collects what an agent is. Not safe for use by several threads. */
    public static final class Builder {
        private String name = "agent";
        private String path = "/realtime";
        private RealtimeSessionConfig config = RealtimeSessionConfig.EMPTY;
        private @Nullable String provider;
        private String greeting = "";
        private final List<RealtimeTool> tools = new ArrayList<>();
        private final List<RemoteTools> remoteTools = new ArrayList<>();
        private @Nullable ToolApproval approval;
        private final List<Guardrail> guardrails = new ArrayList<>();
        private final List<ConversationListener> listeners = new ArrayList<>();
        private final List<Hook> hooks = new ArrayList<>();
        private @Nullable Supplier<?> objects;
        private boolean showsTools;

        private Builder() {}

        private Builder(VoiceAgent from) {
            name = from.name;
            path = from.path;
            config = from.config;
            provider = from.provider;
            greeting = from.greeting;
            tools.addAll(from.tools.tools());
            remoteTools.addAll(from.remoteTools);
            approval = from.approval;
            guardrails.addAll(from.guardrails);
            listeners.addAll(from.listeners);
            hooks.addAll(from.hooks);
            objects = from.objects;
            showsTools = from.showsTools;
        }

        /** Takes over what a class with {@link Realtime} says, with these objects of it. */
        public <T> Builder annotated(Class<? extends T> annotated, Supplier<? extends T> made) {
            objects = made;
            AnnotatedAgent.read(annotated, this);
            return this;
        }

        /** Its name, of letters, digits, {@code _}, {@code .} and {@code -}; {@code agent} by default. */
        public Builder name(String given) {
            name = given;
            return this;
        }

        /** Where its clients connect; {@code /realtime} by default. */
        public Builder path(String mounted) {
            path = mounted;
            return this;
        }

        /** Sets more of what its sessions start with. */
        public Builder config(RealtimeSessionConfig more) {
            config = config.with(more);
            return this;
        }

        /** What the model is told about its task and manner. */
        public Builder instructions(String text) {
            return config(RealtimeSessionConfig.builder().instructions(text).build());
        }

        /** The voice's name. */
        public Builder voice(String named) {
            return config(RealtimeSessionConfig.builder().voice(named).build());
        }

        /** How ends of turns are found. */
        public Builder turnDetection(TurnDetection how) {
            return config(RealtimeSessionConfig.builder().turnDetection(how).build());
        }

        /** The provider's name. */
        public Builder provider(String named) {
            provider = named;
            return this;
        }

        /** What it says first. */
        public Builder greeting(String words) {
            greeting = words;
            return this;
        }

        /** Something that it may call. */
        public Builder tool(RealtimeTool tool) {
            tools.add(tool);
            return this;
        }

        /** Things that it may call. */
        public Builder tools(Collection<? extends RealtimeTool> several) {
            tools.addAll(several);
            return this;
        }

        /** An MCP server whose tools the provider may call. */
        public Builder remoteTools(RemoteTools server) {
            remoteTools.add(server);
            return this;
        }

        /** Who approves calls of tools that need it. */
        public Builder approval(ToolApproval approves) {
            approval = approves;
            return this;
        }

        /** A check of its sessions, behind those that it has. */
        public Builder guardrail(Guardrail check) {
            guardrails.add(check);
            return this;
        }

        /** Somebody who is told what was said. */
        public Builder listener(ConversationListener told) {
            listeners.add(told);
            return this;
        }

        /** Called when a session begins. */
        public Builder onConnect(Consumer<RealtimeSession> code) {
            return hook(new Hook(Hook.Kind.CONNECT, Set.of(), on -> code.accept(on.session())));
        }

        /** Called when a session has ended. */
        public Builder onDisconnect(BiConsumer<RealtimeSession, CloseReason> code) {
            return hook(new Hook(Hook.Kind.DISCONNECT, Set.of(), on -> {
                if (on.reason() != null) {
                    code.accept(on.session(), on.reason());
                }
            }));
        }

        /** Called with each event that a client sends, audio left out. */
        public Builder onMessage(BiConsumer<RealtimeSession, ClientEvent> code) {
            return hook(new Hook(Hook.Kind.MESSAGE, Set.of(), on -> {
                if (on.event() instanceof ControlEvent event) {
                    code.accept(on.session(), ClientEvent.decode(event.jsonOrEmpty()));
                }
            }));
        }

        /**
         * Called with each event of a type, from the client or from the provider.
         *
         * @throws RealtimeException if there is no such type, or if its events carry audio
         */
        public Builder subscribe(String type, BiConsumer<RealtimeSession, ControlEvent> code) {
            EventType known = EventType.known(type)
                    .orElseThrow(() -> new RealtimeException.InvalidConfig("there is no event '" + type + "'"));
            if (known.audio()) {
                throw new RealtimeException.InvalidConfig(
                        "'" + type + "' carries audio, and is no ControlEvent; take it with hook(…)");
            }
            return hook(new Hook(Hook.Kind.EVENT, Set.of(known), on -> {
                if (on.event() instanceof ControlEvent event) {
                    code.accept(on.session(), event);
                }
            }));
        }

        /** Code that is called when something happens in its sessions. */
        public Builder hook(Hook called) {
            hooks.add(called);
            return this;
        }

        /** Lets clients see its instructions and tools, and the calls of these; by default they do not. */
        public Builder showsTools(boolean on) {
            showsTools = on;
            return this;
        }

        /**
         * The agent.
         *
         * @throws RealtimeException if two of its tools have one name, or one needs approval and nobody approves
         */
        public VoiceAgent build() {
            return new VoiceAgent(this);
        }
    }
}
