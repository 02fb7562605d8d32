/** A call centre: an agent answers, a queue keeps who wants a person, a person takes over in the same call. */
@NullMarked
package dev.parley.examples.callcentre;

import org.jspecify.annotations.NullMarked;
