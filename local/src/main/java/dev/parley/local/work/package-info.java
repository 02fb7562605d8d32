/** What a session is made of and where it does its work: its four parts, the workers, and the way back to its lane. */
@NullMarked
package dev.parley.local.work;

import org.jspecify.annotations.NullMarked;
