/** The two ends of a session: clients' and providers', and the ways in which they end. */
@NullMarked
package dev.parley.leg;

import org.jspecify.annotations.NullMarked;
