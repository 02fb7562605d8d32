package dev.parley.event;

import dev.parley.event.codec.Faults;
import dev.parley.event.codec.Rule;
import dev.parley.protocol.ErrorDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A message holds what its role can say. */
final class MessageContent implements Rule {
    @Override
    public @Nullable ErrorDetail fault(JsonNode json, String path) {
        List<String> allowed =
                switch (json.path("role").asString()) {
                    case "user" -> List.of("input_text", "input_audio", "input_image");
                    case "assistant" -> List.of("output_text", "output_audio");
                    default -> List.of("input_text");
                };
        JsonNode content = json.path("content");
        for (int i = 0; i < content.size(); i++) {
            String type = content.get(i).path("type").asString();
            if (!allowed.contains(type)) {
                return Faults.choice(path + ".content[" + i + "].type", type, allowed);
            }
        }
        return null;
    }
}
