/** How records and sealed families become JSON and back, and how JSON from outside is checked; knows no event. */
@NullMarked
package dev.parley.event.codec;

import org.jspecify.annotations.NullMarked;
