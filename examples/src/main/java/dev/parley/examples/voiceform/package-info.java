/** A form without keyboard and screen: everything is said, and everything is announced. */
@NullMarked
package dev.parley.examples.voiceform;

import org.jspecify.annotations.NullMarked;
