/** Parley in a Spring Boot application: beans, properties, and sessions on the application's own server. */
@NullMarked
package dev.parley.spring;

import org.jspecify.annotations.NullMarked;
