/**
 * Hearing and speaking inside the JVM: when somebody speaks ({@link dev.parley.local.speech.SpeechDetector}), what was
 * said ({@link dev.parley.local.speech.Ears}), and saying something ({@link dev.parley.local.speech.Synthesizer}).
 *
 * <p>All audio is 16-bit signed mono PCM in {@code short[]}: 16 kHz in, 24 kHz out. Nothing that was said is logged or
 * put into an exception's text.
 */
@NullMarked
package dev.parley.local.speech;

import org.jspecify.annotations.NullMarked;
