package dev.parley;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a tool that the model may call. Its parameters become the JSON Schema, with what {@link P} says of them;
 * a {@link dev.parley.tool.ToolCall} or a {@link RealtimeSession} among them is given and no part of the schema. It runs
 * on a virtual thread of its own, so that it may block; the talk goes on meanwhile. The result is told to the model: a
 * {@code String} as it is, anything else as JSON, nothing as {@code {"ok":true}}, a
 * {@link java.util.concurrent.CompletionStage} when it completes. When it throws, the model is told that it failed.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Tool {
    /** What it does, for the model. */
    String value();

    /** Its name, of letters, digits, {@code _} and {@code -}, at most 64; by default the method's in snake_case. */
    String name() default "";

    /** How long it may take, in ms; then it is interrupted and the model is told. */
    long timeoutMs() default 30_000;

    /** Whether code must approve each call, see {@link dev.parley.tool.ToolApproval}. */
    boolean approval() default false;

    /**
     * What to say if it takes longer than {@link #meanwhileAfterMs}; the result then follows as a new turn. Empty: the
     * model says nothing until the result is there.
     */
    String meanwhile() default "";

    /** See {@link #meanwhile}, in ms. */
    long meanwhileAfterMs() default 1_500;
}
