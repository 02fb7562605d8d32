/** What is seen of live sessions from outside: who, how fast, and what is said. */
@NullMarked
package dev.parley.watch;

import org.jspecify.annotations.NullMarked;
