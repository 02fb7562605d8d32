package dev.parley;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a voice agent: what one can talk to at a path. Its methods may carry {@link Tool}, {@link OnConnect},
 * {@link OnDisconnect}, {@link OnMessage} and {@link Subscribe}; they are called on virtual threads, so that they may
 * block. What is left out here is the module's default, and then the provider's.
 *
 * @see VoiceAgent
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Realtime {
    /** Where its clients connect, such as {@code /concierge}. */
    String path() default "/realtime";

    /**
     * Its name, by which clients of {@code /v1/realtime} ask for it as the model; by default the class's name in lower
     * case with hyphens, such as {@code front-desk}.
     */
    String name() default "";

    /** What the model is told about its task and manner: the text itself, or {@code classpath:} and a resource in UTF-8. */
    String instructions() default "";

    /** The voice's name, such as {@code marin}. */
    String voice() default "";

    /** The provider's name, such as {@code openai}. */
    String provider() default "";

    /** The model's name. */
    String model() default "";

    /** How ends of turns are found: {@code server_vad}, {@code semantic_vad}, or {@code none} for push to talk. */
    String turnDetection() default "";

    /** What the agent says as soon as somebody is connected; empty: it waits to be spoken to. */
    String greeting() default "";
}
