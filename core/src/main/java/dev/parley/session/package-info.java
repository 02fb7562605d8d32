/** One session: a lane, two replaceable legs, and small machines that know the rules. */
@NullMarked
package dev.parley.session;

import org.jspecify.annotations.NullMarked;
