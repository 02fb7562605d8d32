/** The same conversations on every provider, which must tell of them by the same events in the same order. */
@NullMarked
package dev.parley.testkit.contract;

import org.jspecify.annotations.NullMarked;
