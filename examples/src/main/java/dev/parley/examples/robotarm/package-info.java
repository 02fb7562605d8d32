/** A robot's arm that is moved by voice: tools as commands, and a stop that waits for no model. */
@NullMarked
package dev.parley.examples.robotarm;

import org.jspecify.annotations.NullMarked;
