/** The caller's end of a conversation: a line that carries sound both ways in real time, and what is measured on it. */
@NullMarked
package dev.parley.server.call;

import org.jspecify.annotations.NullMarked;
