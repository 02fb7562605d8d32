/** What the README shows, as it compiles. */
@NullMarked
package dev.parley.examples;

import org.jspecify.annotations.NullMarked;
