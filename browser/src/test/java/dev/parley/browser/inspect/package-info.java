/** The view that shows everything that happened, in a real browser: live, and from files. */
@NullMarked
package dev.parley.browser.inspect;

import org.jspecify.annotations.NullMarked;
