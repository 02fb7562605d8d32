/** A gateway's run for the JVM to learn from: what the launcher's archive is made of. */
@NullMarked
package dev.parley.server.rehearsal;

import org.jspecify.annotations.NullMarked;
