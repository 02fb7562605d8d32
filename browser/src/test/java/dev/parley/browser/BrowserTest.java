package dev.parley.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that run in a browser. Each test may take a {@link Visit}, and fails if what it visited broke its
 * Content-Security-Policy, asked another host for something, threw, or wrote an error on the console.
 */
@Tag("browser")
@ExtendWith(Visits.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BrowserTest {}
