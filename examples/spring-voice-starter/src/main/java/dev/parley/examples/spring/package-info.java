/** A Spring Boot application with a login, a page and a voice agent that knows who is talking. */
@NullMarked
package dev.parley.examples.spring;

import org.jspecify.annotations.NullMarked;
