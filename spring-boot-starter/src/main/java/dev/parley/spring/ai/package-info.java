/** Spring AI's tools, which a voice agent calls like its own. */
@NullMarked
package dev.parley.spring.ai;

import org.jspecify.annotations.NullMarked;
