package dev.parley.local.decoder;

import edu.cmu.sphinx.linguist.acoustic.tiedstate.GaussianWeights;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Pool;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Sphinx3Loader;
import edu.cmu.sphinx.util.LogMath;

/**
 * The Gaussians and mixture weights of a phonetically tied acoustic model, as plain arrays that any number of threads
 * may read: one codebook a base phone, each of {@value #STREAMS} streams of {@value #DIMENSIONS} features.
 */
final class TiedMixtures {
    static final int STREAMS = 3;
    static final int DIMENSIONS = 13;
    static final int FEATURES = STREAMS * DIMENSIONS;

    /** Gaussians in one codebook and stream. */
    final int gaussians;

    final int codebooks;
    final int senones;

    /** The codebook of each senone. */
    final int[] codebookOf;

    /** By codebook and stream: {@code [dimension * gaussians + gaussian]}. */
    private final float[][] means;

    private final float[][] precisions;
    private final float[][] constants;

    /** Linear weights, {@code [(senone * STREAMS + stream) * gaussians + gaussian]}. */
    private final float[] weights;

    TiedMixtures(Sphinx3Loader loader) {
        GaussianWeights mixture = loader.getMixtureWeights();
        Pool<float[]> meanPool = loader.getMeansPool();
        Pool<float[]> variancePool = loader.getVariancePool();
        gaussians = mixture.getGauPerState();
        senones = mixture.getStatesNum();
        codebooks = meanPool.size() / (gaussians * STREAMS);
        if (!loader.hasTiedMixtures() || mixture.getStreamsNum() != STREAMS) {
            throw new IllegalArgumentException("the acoustic model is not phonetically tied with " + STREAMS
                    + " streams (it has " + mixture.getStreamsNum() + "); use the en-us model of sphinx4-data");
        }
        codebookOf = loader.getSenone2Ci().clone();
        means = new float[codebooks * STREAMS][];
        precisions = new float[codebooks * STREAMS][];
        constants = new float[codebooks * STREAMS][];
        for (int book = 0; book < means.length; book++) {
            fill(book, meanPool, variancePool);
        }
        weights = linear(mixture);
    }

    private void fill(int book, Pool<float[]> meanPool, Pool<float[]> variancePool) {
        float[] mean = new float[DIMENSIONS * gaussians];
        float[] precision = new float[DIMENSIONS * gaussians];
        float[] constant = new float[gaussians];
        for (int g = 0; g < gaussians; g++) {
            float[] m = meanPool.get(book * gaussians + g);
            float[] v = variancePool.get(book * gaussians + g);
            double logDeterminant = DIMENSIONS * Math.log(2 * Math.PI);
            for (int d = 0; d < DIMENSIONS; d++) {
                mean[d * gaussians + g] = m[d];
                precision[d * gaussians + g] = -0.5f / v[d];
                logDeterminant += Math.log(v[d]);
            }
            constant[g] = (float) (-0.5 * logDeterminant);
        }
        means[book] = mean;
        precisions[book] = precision;
        constants[book] = constant;
    }

    private float[] linear(GaussianWeights mixture) {
        LogMath log = LogMath.getLogMath();
        float[] all = new float[senones * STREAMS * gaussians];
        int at = 0;
        for (int senone = 0; senone < senones; senone++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                for (int g = 0; g < gaussians; g++) {
                    all[at++] = (float) Math.exp(log.logToLn(mixture.get(senone, stream, g)));
                }
            }
        }
        return all;
    }

    /** Writes the log density of every Gaussian of one codebook and stream for one frame into {@code out}. */
    void densities(int codebook, int stream, float[] frame, float[] out) {
        int book = codebook * STREAMS + stream;
        float[] mean = means[book];
        float[] precision = precisions[book];
        int n = gaussians;
        System.arraycopy(constants[book], 0, out, 0, n);
        for (int d = 0; d < DIMENSIONS; d++) {
            float x = frame[stream * DIMENSIONS + d];
            int row = d * n;
            for (int g = 0; g < n; g++) {
                float difference = x - mean[row + g];
                out[g] += difference * difference * precision[row + g];
            }
        }
    }

    /** The linear weight of one Gaussian in one senone. */
    float weight(int senone, int stream, int gaussian) {
        return weights[(senone * STREAMS + stream) * gaussians + gaussian];
    }
}
