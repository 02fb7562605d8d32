package dev.parley.local.decoder;

import java.util.Arrays;

/**
 * The acoustic scores of one utterance's current frame, computed when first asked for and kept until the next frame;
 * used by one thread.
 */
final class FrameScorer {
    private static final int TOP = 8;

    private final TiedMixtures model;
    private final float[] densities;
    private final int[] topIds;
    private final float[] topLikelihoods;
    private final float[] peaks;
    private final int[] codebookFrame;
    private final int[] senoneFrame;
    private final float[] senoneScore;
    private final float[] features = new float[TiedMixtures.FEATURES];
    private int frame;

    FrameScorer(TiedMixtures model) {
        this.model = model;
        densities = new float[model.gaussians];
        topIds = new int[model.codebooks * TiedMixtures.STREAMS * TOP];
        topLikelihoods = new float[topIds.length];
        peaks = new float[model.codebooks];
        codebookFrame = new int[model.codebooks];
        senoneFrame = new int[model.senones];
        senoneScore = new float[model.senones];
        Arrays.fill(codebookFrame, -1);
        Arrays.fill(senoneFrame, -1);
    }

    /** Moves to the next frame, whose {@value TiedMixtures#FEATURES} features start at {@code offset}. */
    void next(float[] source, int offset) {
        System.arraycopy(source, offset, features, 0, features.length);
        frame++;
    }

    /** The natural logarithm of the density of the current frame in a senone. */
    float score(int senone) {
        if (senoneFrame[senone] == frame) {
            return senoneScore[senone];
        }
        int codebook = model.codebookOf[senone];
        if (codebookFrame[codebook] != frame) {
            evaluate(codebook);
        }
        float product = 1;
        for (int stream = 0; stream < TiedMixtures.STREAMS; stream++) {
            int base = (codebook * TiedMixtures.STREAMS + stream) * TOP;
            float sum = 0;
            for (int i = base; i < base + TOP; i++) {
                sum += topLikelihoods[i] * model.weight(senone, stream, topIds[i]);
            }
            product *= sum;
        }
        float score = peaks[codebook] + (float) Math.log(product);
        senoneFrame[senone] = frame;
        senoneScore[senone] = score;
        return score;
    }

    private void evaluate(int codebook) {
        float peak = 0;
        for (int stream = 0; stream < TiedMixtures.STREAMS; stream++) {
            model.densities(codebook, stream, features, densities);
            peak += keepTop((codebook * TiedMixtures.STREAMS + stream) * TOP);
        }
        peaks[codebook] = peak;
        codebookFrame[codebook] = frame;
    }

    /** Keeps the best densities, relative to the best of them, which it returns. */
    private float keepTop(int base) {
        Arrays.fill(topLikelihoods, base, base + TOP, Float.NEGATIVE_INFINITY);
        for (int g = 0; g < densities.length; g++) {
            float density = densities[g];
            if (density <= topLikelihoods[base + TOP - 1]) {
                continue;
            }
            int at = base + TOP - 1;
            while (at > base && topLikelihoods[at - 1] < density) {
                topLikelihoods[at] = topLikelihoods[at - 1];
                topIds[at] = topIds[at - 1];
                at--;
            }
            topLikelihoods[at] = density;
            topIds[at] = g;
        }
        float best = topLikelihoods[base];
        for (int i = base; i < base + TOP; i++) {
            topLikelihoods[i] = (float) Math.exp(topLikelihoods[i] - best);
        }
        return best;
    }
}
