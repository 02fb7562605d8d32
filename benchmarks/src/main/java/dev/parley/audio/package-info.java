/** JMH benchmarks of audio, run by hand: {@code java -cp parley-benchmarks.jar org.openjdk.jmh.Main dev.parley.audio}. */
@NullMarked
package dev.parley.audio;

import org.jspecify.annotations.NullMarked;
