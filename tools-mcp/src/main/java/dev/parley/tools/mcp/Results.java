package dev.parley.tools.mcp;

import dev.parley.protocol.Json;
import dev.parley.tool.ToolException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a model that hears is told of a tool's result: structured content as JSON, else texts, and words for the rest. */
final class Results {
    /** How much of an error's text the model is told, in characters. */
    private static final int LONGEST_ERROR = 2_000;

    private Results() {}

    /**
     * A {@code String} or a {@code JsonNode}.
     *
     * @throws ToolException if the tool says that it failed
     */
    static Object of(CallToolResult result) throws ToolException {
        if (Boolean.TRUE.equals(result.isError())) {
            String text = text(result.content());
            throw new ToolException(text.isBlank() ? "The tool failed, and did not say why." : bounded(text));
        }
        if (result.structuredContent() != null) {
            return Json.mapper().valueToTree(result.structuredContent());
        }
        return text(result.content());
    }

    /** A text cut to what the model is told of an error. */
    static String bounded(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + " …";
    }

    private static String text(List<Content> contents) {
        List<String> parts = new ArrayList<>();
        contents.forEach(content -> parts.add(words(content)));
        return String.join("\n", parts);
    }

    private static String words(Content content) {
        return switch (content) {
            case McpSchema.TextContent text -> text.text();
            case McpSchema.ImageContent image -> "[An image, " + image.mimeType() + ", which cannot be told in words.]";
            case McpSchema.AudioContent audio ->
                "[A recording, " + audio.mimeType() + ", which cannot be told in words.]";
            case McpSchema.EmbeddedResource embedded ->
                switch (embedded.resource()) {
                    case McpSchema.TextResourceContents text -> text.text();
                    case McpSchema.BlobResourceContents blob ->
                        "[A file, " + blob.uri() + ", " + kind(blob.mimeType()) + ", which cannot be told in words.]";
                    default -> "[A resource, " + embedded.resource().uri() + ".]";
                };
            case McpSchema.ResourceLink link ->
                "[A resource, '" + link.name() + "', " + link.uri()
                        + (link.description() == null ? "" : ": " + link.description()) + "]";
            default -> "[Something of the kind " + content.type() + ", which cannot be told in words.]";
        };
    }

    private static String kind(String mimeType) {
        return Objects.requireNonNullElse(mimeType, "of unknown kind");
    }
}
