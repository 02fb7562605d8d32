/** Providers that speak OpenAI Realtime in one form or another, as a table: one row a vendor. */
@NullMarked
package dev.parley.provider.vendor;

import org.jspecify.annotations.NullMarked;
