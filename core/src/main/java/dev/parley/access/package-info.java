/** Who may connect, and what they may do. */
@NullMarked
package dev.parley.access;

import org.jspecify.annotations.NullMarked;
