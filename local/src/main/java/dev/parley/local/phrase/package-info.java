/** What an application teaches the embedded provider: phrases with slots, and what each leads to. */
@NullMarked
package dev.parley.local.phrase;

import org.jspecify.annotations.NullMarked;
