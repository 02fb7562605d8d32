/** The serial homes of sessions, and how code of the application is called from them. */
@NullMarked
package dev.parley.lane;

import org.jspecify.annotations.NullMarked;
