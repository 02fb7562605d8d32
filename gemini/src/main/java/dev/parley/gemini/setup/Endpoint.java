package dev.parley.gemini.setup;

/** Which of Google's two services a session is held with; each has its own names for models. */
public sealed interface Endpoint {
    /** The Gemini Developer API. */
    Endpoint DEVELOPER = new Developer();

    /** What a provider of this service is called in texts for users. */
    String title();

    /** The model as {@code setup.model} names it. */
    String path(String model);

    /** The Gemini Developer API: {@code models/…}. */
    record Developer() implements Endpoint {
        @Override
        public String title() {
            return "the Gemini Developer API";
        }

        @Override
        public String path(String model) {
            return "models/" + model;
        }
    }

    /**
     * Vertex AI: {@code projects/…/locations/…/publishers/google/models/…}.
     *
     * @param project of Google Cloud, by its id
     * @param location such as {@code us-central1}, or {@code global}
     */
    record Vertex(String project, String location) implements Endpoint {
        @Override
        public String title() {
            return "Vertex AI";
        }

        @Override
        public String path(String model) {
            return "projects/" + project + "/locations/" + location + "/publishers/google/models/" + model;
        }
    }
}
