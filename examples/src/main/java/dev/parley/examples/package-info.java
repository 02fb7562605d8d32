/** What the README and the docs show, as it compiles. */
@NullMarked
package dev.parley.examples;

import org.jspecify.annotations.NullMarked;
