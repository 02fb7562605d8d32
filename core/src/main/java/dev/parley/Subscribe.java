package dev.parley;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called with each event of these types, from the client or from the provider. The parameters are matched by type, see
 * {@link VoiceAgent}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Subscribe {
    /** Types of events, such as {@code response.done}; one that OpenAI Realtime does not have is refused at start. */
    String[] value();
}
