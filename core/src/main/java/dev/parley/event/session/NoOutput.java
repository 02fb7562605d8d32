package dev.parley.event.session;

import dev.parley.event.codec.Faults;
import dev.parley.event.codec.Rule;
import dev.parley.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A session that only transcribes says nothing. */
final class NoOutput implements Rule {
    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path) {
        return json.path("audio").has("output") ? Faults.unknown(path + ".audio.output") : null;
    }
}
