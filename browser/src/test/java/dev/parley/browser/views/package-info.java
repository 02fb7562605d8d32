/** All views alike: their access for everybody, their looks, and what may load them. */
@NullMarked
package dev.parley.browser.views;

import org.jspecify.annotations.NullMarked;
