/** Voice agents at work: an annotated class bound to a session, and the stages that each event of such a session passes. */
@NullMarked
package dev.parley.agent;

import org.jspecify.annotations.NullMarked;
