package dev.parley.event.session;

import dev.parley.event.codec.Wire;
import dev.parley.protocol.Fields;
import org.jspecify.annotations.Nullable;

/** Whether and which tools the model uses. OpenAI Realtime: {@code tool_choice}. */
@Wire.Family
public sealed interface ToolChoice {
    /** As the model sees fit. */
    ToolChoice AUTO = new Mode("auto");
    /** None. */
    ToolChoice NONE = new Mode("none");
    /** At least one. */
    ToolChoice REQUIRED = new Mode("required");

    /** This function. */
    static ToolChoice function(String name) {
        return new Function(name, Fields.NONE);
    }

    /** {@code none}, {@code auto} or {@code required}. */
    @Wire.Plain
    record Mode(@Wire.OneOf({"none", "auto", "required"}) String mode) implements ToolChoice {}

    /** One function. */
    @Wire.Type("function")
    record Function(String name, Fields more) implements ToolChoice {}

    /**
     * One MCP server.
     *
     * @param name one of its tools; null: any
     */
    @Wire.Type("mcp")
    record Mcp(String serverLabel, @Wire.OrNull @Nullable String name, Fields more) implements ToolChoice {}

    /** A choice that this version of Parley does not know. */
    record Unknown(Fields json) implements ToolChoice {}
}
