package dev.parley.provider.vendor;

import dev.parley.dialect.WireForm;
import dev.parley.provider.Capabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vendors whose servers speak OpenAI Realtime, by name: the table of providers. Adding one is adding a row. */
// The rows are never changed; the checker cannot see that of collections.
@SuppressWarnings("ImmutableEnumChecker")
enum Vendor {
    OPENAI(
            "openai",
            new Place("https://api.openai.com/v1", "OPENAI_BASE_URL", "", "/realtime", "/realtime", Map.of()),
            new Key(Auth.BEARER, "OPENAI_API_KEY", true),
            new Model(
                    List.of("gpt-realtime-2.1", "gpt-realtime-2.1-mini", "gpt-realtime-2", "gpt-realtime-1.5"),
                    "",
                    Model.Put.IN_QUERY,
                    Model.Intent.ALONE),
            WireForm.GA,
            Abilities.OPENAI,
            CallForm.TOGETHER,
            Map.of(
                    "OPENAI_ORG_ID",
                    "OpenAI-Organization",
                    "OPENAI_ORGANIZATION",
                    "OpenAI-Organization",
                    "OPENAI_PROJECT_ID",
                    "OpenAI-Project")),

    /** The model is the name of the deployment. */
    AZURE(
            "azure",
            new Place("", "AZURE_OPENAI_ENDPOINT", "/openai/v1", "/realtime", "/realtime", Map.of()),
            new Key(Auth.API_KEY, "AZURE_OPENAI_API_KEY", true),
            new Model(List.of(), "AZURE_OPENAI_DEPLOYMENT", Model.Put.IN_QUERY, Model.Intent.ALONE),
            WireForm.GA,
            Abilities.OPENAI,
            CallForm.BY_SECRET,
            Map.of()),

    VOICE_LIVE(
            "voice-live",
            new Place(
                    "",
                    "AZURE_VOICELIVE_ENDPOINT",
                    "/voice-live",
                    "/realtime",
                    "/realtime",
                    Map.of("api-version", "2025-10-01")),
            new Key(Auth.API_KEY, "AZURE_VOICELIVE_API_KEY", true),
            new Model(List.of("gpt-realtime"), "", Model.Put.IN_QUERY, Model.Intent.UNKNOWN),
            WireForm.VOICE_LIVE,
            Abilities.UNKNOWN,
            CallForm.NONE,
            Map.of()),

    XAI(
            "xai",
            new Place("https://api.x.ai/v1", "XAI_BASE_URL", "", "/realtime", "/realtime", Map.of()),
            new Key(Auth.BEARER, "XAI_API_KEY", true),
            new Model(List.of("grok-voice-latest"), "", Model.Put.IN_QUERY, Model.Intent.UNKNOWN),
            WireForm.XAI,
            Abilities.UNKNOWN,
            CallForm.NONE,
            Map.of()),

    INWORLD(
            "inworld",
            new Place(
                    "https://api.inworld.ai",
                    "INWORLD_BASE_URL",
                    "",
                    "/api/v1/realtime/session",
                    "/v1/realtime",
                    Map.of("key", Place.SESSION_ID, "protocol", "realtime")),
            new Key(Auth.BASIC, "INWORLD_API_KEY", true),
            new Model(List.of(), "", Model.Put.IN_SESSION, Model.Intent.UNKNOWN),
            WireForm.INWORLD,
            Abilities.UNKNOWN,
            CallForm.TOGETHER,
            Map.of()),

    QWEN(
            "qwen",
            new Place(
                    "https://dashscope.aliyuncs.com/api-ws/v1",
                    "DASHSCOPE_REALTIME_URL",
                    "",
                    "/realtime",
                    "/realtime",
                    Map.of()),
            new Key(Auth.BEARER, "DASHSCOPE_API_KEY", true),
            new Model(List.of("qwen3.5-omni-plus-realtime"), "", Model.Put.IN_QUERY, Model.Intent.UNKNOWN),
            WireForm.QWEN,
            Abilities.QWEN,
            CallForm.NONE,
            Map.of()),

    GLM(
            "glm",
            new Place(
                    "https://open.bigmodel.cn/api/paas/v4", "ZHIPUAI_BASE_URL", "", "/realtime", "/realtime", Map.of()),
            new Key(Auth.BEARER, "ZHIPUAI_API_KEY", true),
            new Model(List.of("glm-realtime"), "", Model.Put.IN_SESSION, Model.Intent.UNKNOWN),
            WireForm.GLM,
            Abilities.UNKNOWN,
            CallForm.NONE,
            Map.of()),

    STEPFUN(
            "stepfun",
            new Place("https://api.stepfun.com/v1", "STEPFUN_BASE_URL", "", "/realtime", "/realtime", Map.of()),
            new Key(Auth.BEARER, "STEPFUN_API_KEY", true),
            new Model(List.of("step-audio-2"), "", Model.Put.IN_QUERY, Model.Intent.UNKNOWN),
            WireForm.BETA,
            Abilities.UNKNOWN,
            CallForm.NONE,
            Map.of()),

    /** A server of the user's own: LocalAI, Speaches, vLLM, another gateway. */
    COMPATIBLE(
            "compatible",
            new Place("", "PARLEY_COMPATIBLE_URL", "", "/realtime", "/realtime", Map.of()),
            new Key(Auth.BEARER, "PARLEY_COMPATIBLE_API_KEY", false),
            new Model(List.of(), "", Model.Put.IN_QUERY, Model.Intent.WITH_MODEL),
            WireForm.LENIENT,
            Abilities.COMPATIBLE,
            CallForm.NONE,
            Map.of());

    private final String vendorName;
    private final Place place;
    private final Key key;
    private final Model model;
    private final WireForm form;
    private final Capabilities capabilities;
    private final CallForm calls;
    private final Map<String, String> accountHeaders;

    /**
     * A row.
     *
     * @param capabilities what its servers can do, as far as it is known
     * @param accountHeaders headers by the variables that hold their values, sent with the vendor's usual key
     */
    Vendor(
            String vendorName,
            Place place,
            Key key,
            Model model,
            WireForm form,
            Capabilities capabilities,
            CallForm calls,
            Map<String, String> accountHeaders) {
        this.vendorName = vendorName;
        this.place = place;
        this.key = key;
        this.model = model;
        this.form = form;
        this.capabilities = capabilities;
        this.calls = calls;
        this.accountHeaders = accountHeaders;
    }

    /** The vendor of a name. */
    static Optional<Vendor> named(String name) {
        return Arrays.stream(values())
                .filter(vendor -> vendor.vendorName.equals(name))
                .findFirst();
    }

    /** The name in configurations, such as {@code voice-live}. */
    String vendorName() {
        return vendorName;
    }

    Place place() {
        return place;
    }

    Key key() {
        return key;
    }

    Model model() {
        return model;
    }

    WireForm form() {
        return form;
    }

    CallForm calls() {
        return calls;
    }

    Map<String, String> accountHeaders() {
        return accountHeaders;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /**
     * Where a vendor's servers are.
     *
     * @param base with which URLs begin, http or https; empty: the user has to give one
     * @param variable of the environment, which may hold another base
     * @param prefix of every path, unless the base ends with it already
     * @param socket the path of sessions
     * @param root the path of the REST surface, and of connections that join a call
     * @param query what every session's URL has beside the model
     */
    record Place(String base, String variable, String prefix, String socket, String root, Map<String, String> query) {
        /** Stands for an id that is new for each session. */
        static final String SESSION_ID = "{session}";
    }

    /**
     * What a vendor wants to see.
     *
     * @param variable of the environment, which holds the key
     * @param required whether there has to be one
     */
    record Key(Auth auth, String variable, boolean required) {}

    /**
     * How a vendor is told the model.
     *
     * @param names of known ones, that which a session gets which names none first; empty: there is none
     * @param variable of the environment, which may name another; empty: there is none
     */
    record Model(List<String> names, String variable, Put put, Intent intent) {
        Model {
            names = List.copyOf(names);
        }

        /** The one that a session gets which names none; empty: there is none. */
        String standard() {
            return names.isEmpty() ? "" : names.getFirst();
        }

        enum Put {
            /** {@code ?model=} */
            IN_QUERY,
            /** {@code session.model} of the first {@code session.update}. */
            IN_SESSION
        }

        /** How a session that only writes down is asked for. */
        enum Intent {
            /** {@code ?intent=transcription} without a model. */
            ALONE,
            /** {@code ?intent=transcription} and the model that writes down. */
            WITH_MODEL,
            /** Not at all in the URL. */
            UNKNOWN
        }
    }

    /** How WebRTC offers are passed on. */
    enum CallForm {
        /** They are not. */
        NONE,
        /** The offer and the session in one request, as two parts. */
        TOGETHER,
        /** The session for a client secret, and with that the offer alone. */
        BY_SECRET
    }

    /** All names, in the table's order. */
    static List<String> names() {
        return Arrays.stream(values()).map(Vendor::vendorName).toList();
    }
}
