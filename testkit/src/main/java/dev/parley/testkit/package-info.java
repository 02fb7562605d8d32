/** Fakes to test voice applications with: a scripted provider, a lane in virtual time, a host in memory. */
@NullMarked
package dev.parley.testkit;

import org.jspecify.annotations.NullMarked;
