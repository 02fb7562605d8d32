/** How peers write the events of OpenAI Realtime GA, as a table: one row a form of the wire. */
@NullMarked
package dev.parley.dialect;

import org.jspecify.annotations.NullMarked;
