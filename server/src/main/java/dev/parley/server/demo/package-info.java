/** The demonstration that proves itself. */
@NullMarked
package dev.parley.server.demo;

import org.jspecify.annotations.NullMarked;
