/**
 * A speech decoder for phrases: sphinx4's acoustic model, grammar and front end are used to <em>build</em> immutable
 * tables once, and a small Viterbi search of our own reads them.
 *
 * <p>sphinx4's own recognizer keeps search state inside the acoustic model (the tied mixtures remember the last frame),
 * so two recognizers cannot share a model, and each copy costs tens of megabytes and seconds. Here everything shared is
 * read-only and everything that changes belongs to one utterance.
 */
@NullMarked
package dev.parley.local.decoder;

import org.jspecify.annotations.NullMarked;
