package dev.parley.local.decoder;

import edu.cmu.sphinx.frontend.BaseDataProcessor;
import edu.cmu.sphinx.frontend.Data;
import edu.cmu.sphinx.frontend.DataEndSignal;
import edu.cmu.sphinx.frontend.DataStartSignal;
import edu.cmu.sphinx.frontend.DoubleData;
import edu.cmu.sphinx.frontend.FloatData;
import edu.cmu.sphinx.frontend.FrontEnd;
import edu.cmu.sphinx.frontend.denoise.Denoise;
import edu.cmu.sphinx.frontend.feature.BatchCMN;
import edu.cmu.sphinx.frontend.feature.DeltasFeatureExtractor;
import edu.cmu.sphinx.frontend.filter.Preemphasizer;
import edu.cmu.sphinx.frontend.frequencywarp.MelFrequencyFilterBank;
import edu.cmu.sphinx.frontend.transform.DiscreteCosineTransform2;
import edu.cmu.sphinx.frontend.transform.DiscreteFourierTransform;
import edu.cmu.sphinx.frontend.transform.Lifter;
import edu.cmu.sphinx.frontend.window.RaisedCosineWindower;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The feature frames of one utterance: {@value TiedMixtures#FEATURES} numbers every 10 ms (cepstra with the utterance's
 * mean taken off, their first and second differences).
 */
final class Features {
    private static final int HERTZ = 16_000;
    private static final int BLOCK = HERTZ / 100;

    private Features() {}

    /** Computes the features of 16 kHz speech, one frame after another in one array. */
    static float[] of(short[] pcm, int length) {
        FrontEnd chain = new FrontEnd(List.of(
                new Samples(pcm, length, floor(pcm, length)),
                new Preemphasizer(0.97),
                new RaisedCosineWindower(0.46, 25.625f, 10f),
                new DiscreteFourierTransform(-1, false),
                new MelFrequencyFilterBank(130, 6800, 25),
                new Denoise(0.7, 0.995, 0.5, 0.85, 0.2, 20.0, 4),
                new DiscreteCosineTransform2(25, TiedMixtures.DIMENSIONS),
                new Lifter(22),
                new BatchCMN(),
                new DeltasFeatureExtractor(3)));
        chain.initialize();
        float[] frames = new float[(length / BLOCK + 2) * TiedMixtures.FEATURES];
        int at = 0;
        for (Data data = chain.getData(); data != null; data = chain.getData()) {
            if (data instanceof FloatData || data instanceof DoubleData) {
                float[] values = FloatData.toFloatData(data).getValues();
                if (at + values.length > frames.length) {
                    frames = Arrays.copyOf(frames, frames.length * 2);
                }
                System.arraycopy(values, 0, frames, at, values.length);
                at += values.length;
            } else if (data instanceof DataEndSignal) {
                break;
            }
        }
        return Arrays.copyOf(frames, at);
    }

    /**
     * The level of the noise that is laid under an utterance, 40 dB below its speech. Digital silence has no logarithm,
     * and one such frame would poison the mean of the utterance; and the acoustic model, which has learnt from rooms,
     * takes the empty gaps and bands of a synthetic voice for sounds.
     */
    private static double floor(short[] pcm, int length) {
        int peak = 0;
        for (int i = 0; i < length; i++) {
            peak = Math.max(peak, Math.abs(pcm[i]));
        }
        double energy = 0;
        int loud = 0;
        for (int i = 0; i < length; i++) {
            if (Math.abs(pcm[i]) * 30 > peak) {
                energy += pcm[i] * (double) pcm[i];
                loud++;
            }
        }
        return Math.max(0.5, Math.sqrt(energy / Math.max(1, loud)) / 100);
    }

    /** The utterance as a source of blocks between a start and an end signal. */
    private static final class Samples extends BaseDataProcessor {
        private final short[] pcm;
        private final int length;
        private final double floor;
        /** The same for every utterance, so that what is heard does not depend on chance. */
        private final SplittableRandom noise = new SplittableRandom(1);

        private int at = -1;
        private boolean ended;

        Samples(short[] pcm, int length, double floor) {
            this.pcm = pcm;
            this.length = length;
            this.floor = floor;
        }

        @Override
        @SuppressWarnings("NullAway") // sphinx4's end of data is null
        public Data getData() {
            if (at < 0) {
                at = 0;
                return new DataStartSignal(HERTZ);
            }
            if (at >= length) {
                if (ended) {
                    return null;
                }
                ended = true;
                return new DataEndSignal(length * 1000L / HERTZ);
            }
            double[] block = new double[Math.min(BLOCK, length - at)];
            for (int i = 0; i < block.length; i++) {
                block[i] = pcm[at + i] + floor * noise.nextGaussian();
            }
            DoubleData data = new DoubleData(block, HERTZ, at);
            at += block.length;
            return data;
        }
    }
}
