/** A session's and a response's settings: reading what a client sent, checking it, and showing what holds. */
@NullMarked
package dev.parley.local.settings;

import org.jspecify.annotations.NullMarked;
