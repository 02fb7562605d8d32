/** Objects with {@code @Tool} methods of LangChain4j, which a voice agent calls like its own. */
@NullMarked
package dev.parley.tools.langchain4j;

import org.jspecify.annotations.NullMarked;
