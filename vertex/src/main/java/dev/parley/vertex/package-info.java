/** Access tokens for Vertex AI. */
@NullMarked
package dev.parley.vertex;

import org.jspecify.annotations.NullMarked;
