package dev.parley.gemini;

import dev.parley.RealtimeException;
import dev.parley.gemini.setup.Endpoint;
import dev.parley.gemini.setup.ModelOptions;
import dev.parley.gemini.setup.ModelTable;
import dev.parley.gemini.setup.Voices;
import dev.parley.provider.Address;
import dev.parley.provider.OwnHeaders;
import dev.parley.provider.ProviderSettings;
import dev.parley.provider.Variables;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a provider of Gemini Live is made of: what the settings and the environment say, and what is usual.
 *
 * @param name what sessions choose it by
 * @param socket where sessions are held
 * @param headers of every connection; the key is among them where there is one
 * @param model the one that a session gets which names none
 * @param idle silence, pongs included, after which it is taken for stalled
 */
record GeminiAccount(
        String name,
        Endpoint endpoint,
        URI socket,
        Map<String, String> headers,
        String model,
        Duration idle,
        ModelOptions options,
        Voices voices) {
    static final String DEVELOPER = "gemini";
    static final String VERTEX = "vertex";

    private static final String STANDARD_LOCATION = "us-central1";
    private static final String VOICE = "voice.";
    private static final String VERSION = "api_version";
    private static final List<String> OF_VERTEX = List.of("project", "location", "quota_project");
    /** What goes into host names and paths. */
    private static final Pattern PLACE = Pattern.compile("[a-z0-9][a-z0-9.:-]*");

    /** The account in a text without the headers' values. */
    @Override
    public String toString() {
        return "GeminiAccount[name=" + name + ", socket=" + socket.getHost() + ", headers=" + headers.keySet() + "]";
    }

    /**
     * The account that settings and an environment come to.
     *
     * @throws RealtimeException if something is missing or wrong; the text says which variable or setting
     */
    static GeminiAccount of(ProviderSettings settings, Variables environment) {
        boolean vertex = settings.vendor().equals(VERTEX);
        if (settings.dialect().isPresent()) {
            throw new RealtimeException.InvalidConfig("the provider '" + settings.name()
                    + "' has a dialect; there is one of Gemini's alone, so leave it out");
        }
        Map<String, String> models = new HashMap<>();
        Map<String, String> voices = new HashMap<>();
        sort(settings, vertex, models, voices);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Parley");
        headers.putAll(OwnHeaders.of(settings));
        Endpoint endpoint = vertex ? vertex(settings, environment, headers) : developer(settings, environment, headers);
        return new GeminiAccount(
                settings.name(),
                endpoint,
                socket(settings, environment, endpoint),
                Map.copyOf(headers),
                settings.model().orElse(ModelTable.STANDARD),
                environment.idle(),
                ModelOptions.of("the provider '" + settings.name() + "'", models),
                Voices.with(voices));
    }

    /** Tells options of models from the others. */
    private static void sort(
            ProviderSettings settings, boolean vertex, Map<String, String> models, Map<String, String> voices) {
        settings.options().forEach((option, value) -> {
            if (option.startsWith(VOICE) && option.length() > VOICE.length()) {
                voices.put(option.substring(VOICE.length()), value);
            } else if (ModelOptions.NAMES.contains(option)) {
                models.put(option, value);
            } else if (!option.equals(VERSION) && !(vertex && OF_VERTEX.contains(option))) {
                List<String> known = new ArrayList<>(ModelOptions.NAMES);
                known.addAll(List.of(VERSION, VOICE + "NAME"));
                if (vertex) {
                    known.addAll(OF_VERTEX);
                }
                throw new RealtimeException.InvalidConfig("the provider '" + settings.name() + "' has the option '"
                        + option + "'; known are " + String.join(", ", known));
            }
        });
    }

    private static Endpoint developer(ProviderSettings settings, Variables environment, Map<String, String> headers) {
        List<String> names = settings.keyVariable().map(List::of).orElse(List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"));
        for (String name : names) {
            String key = environment.get(name).orElse("");
            if (!key.isEmpty()) {
                Variables.checkKey(name, key);
                headers.put("x-goog-api-key", key);
                return Endpoint.DEVELOPER;
            }
        }
        throw new RealtimeException.InvalidConfig(String.join(" and ", names) + (names.size() == 1 ? " is" : " are")
                + " not set; set " + names.getFirst() + " to the key of the provider '" + settings.name()
                + "', or choose the provider 'local', which needs none");
    }

    private static Endpoint vertex(ProviderSettings settings, Variables environment, Map<String, String> headers) {
        if (settings.keyVariable().isPresent()) {
            throw new RealtimeException.InvalidConfig("the provider '" + settings.name()
                    + "' has a key variable; Vertex AI takes no key, but the application default credentials");
        }
        String project = place(settings, environment, "project", "GOOGLE_CLOUD_PROJECT", "");
        String location = place(settings, environment, "location", "GOOGLE_CLOUD_LOCATION", STANDARD_LOCATION);
        String quota = place(settings, environment, "quota_project", "GOOGLE_CLOUD_QUOTA_PROJECT", " ")
                .strip();
        if (!quota.isEmpty()) {
            headers.put("x-goog-user-project", quota);
        }
        return new Endpoint.Vertex(project, location);
    }

    private static String place(
            ProviderSettings settings, Variables environment, String option, String variable, String standard) {
        String given = settings.options()
                .getOrDefault(option, environment.get(variable).orElse(standard));
        if (given.isEmpty()) {
            throw new RealtimeException.InvalidConfig(variable + " is not set; set it to your project's id, or give the"
                    + " provider '" + settings.name() + "' the option '" + option + "'");
        }
        if (!given.isBlank() && !PLACE.matcher(given).matches()) {
            throw new RealtimeException.InvalidConfig("the " + option.replace('_', ' ') + " of the provider '"
                    + settings.name() + "' is '" + given
                    + "'; it must be of small letters, digits and dashes, such as us-central1");
        }
        return given;
    }

    private static URI socket(ProviderSettings settings, Variables environment, Endpoint endpoint) {
        boolean vertex = endpoint instanceof Endpoint.Vertex;
        String version = settings.options().getOrDefault(VERSION, vertex ? "v1beta1" : "v1beta");
        if (!version.matches("v[0-9a-z]+")) {
            throw new RealtimeException.InvalidConfig("the option '" + VERSION + "' of the provider '" + settings.name()
                    + "' is '" + version + "'; it must be such as v1beta");
        }
        String variable = vertex ? "GOOGLE_VERTEX_BASE_URL" : "GOOGLE_GEMINI_BASE_URL";
        String standard = endpoint instanceof Endpoint.Vertex at
                ? "https://" + (at.location().equals("global") ? "" : at.location() + "-") + "aiplatform.googleapis.com"
                : "https://generativelanguage.googleapis.com";
        Address base = settings.url().isPresent()
                ? Address.of(
                        "the url of the provider '" + settings.name() + "'",
                        settings.url().get(),
                        "")
                : Address.of(variable, environment.get(variable).orElse(standard), "");
        String path = vertex
                ? "/ws/google.cloud.aiplatform." + version + ".LlmBidiService/BidiGenerateContent"
                : "/ws/google.ai.generativelanguage." + version + ".GenerativeService.BidiGenerateContent";
        return base.socket(path, Map.of());
    }
}
