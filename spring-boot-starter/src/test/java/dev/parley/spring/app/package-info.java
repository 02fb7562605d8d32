/** An application as a user would write it, for tests that start it in a process of its own. */
@NullMarked
package dev.parley.spring.app;

import org.jspecify.annotations.NullMarked;
