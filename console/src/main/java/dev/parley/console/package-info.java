/** The pages to talk at and to look into a gateway with, as files that a gateway serves. */
@NullMarked
package dev.parley.console;

import org.jspecify.annotations.NullMarked;
