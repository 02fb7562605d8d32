package dev.parley.examples.spring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may log in.
 *
 * @param users passwords by name, as Spring Security writes them: {@code {noop}…} is plain text
 */
@ConfigurationProperties("lights")
record Users(Map<String, String> users) {}
