/** The smallest voice agent: a house that one can talk to. */
@NullMarked
package dev.parley.examples.voicestarter;

import org.jspecify.annotations.NullMarked;
