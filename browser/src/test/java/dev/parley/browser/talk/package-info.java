/** The view one talks at, in a real browser: by voice, by text, and where something is wrong. */
@NullMarked
package dev.parley.browser.talk;

import org.jspecify.annotations.NullMarked;
