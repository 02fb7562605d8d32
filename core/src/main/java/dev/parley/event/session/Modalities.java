package dev.parley.event.session;

import dev.parley.event.codec.Faults;
import dev.parley.event.codec.Rule;
import dev.parley.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The model answers in text or in audio, whose transcript is the text; not in both. */
public final class Modalities implements Rule {
    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path) {
        return json.size() == 1
                ? null
                : Faults.value(
                        path,
                        "Invalid '" + path + "': " + json.size()
                                + " modalities. Supported combinations are: ['text'] and ['audio'].");
    }
}
