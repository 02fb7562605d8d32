/** Somebody who calls the other examples, by voice. */
@NullMarked
package dev.parley.examples.caller;

import org.jspecify.annotations.NullMarked;
