package dev.parley.local.decoder;

import edu.cmu.sphinx.linguist.acoustic.HMM;
import edu.cmu.sphinx.linguist.acoustic.HMMPosition;
import edu.cmu.sphinx.linguist.acoustic.HMMState;
import edu.cmu.sphinx.linguist.acoustic.HMMStateArc;
import edu.cmu.sphinx.linguist.acoustic.Unit;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.TiedStateAcousticModel;
import edu.cmu.sphinx.util.LogMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Any speech at all: a loop over all phones without regard to words. What it makes of an utterance is the yardstick by
 * which the best phrase of the grammar is believed or not.
 */
final class PhoneLoop {
    /** States of one phone's model, left to right. */
    private static final int STATES = 3;

    private final int phones;
    private final int[] senone;
    private final float[] stay;
    private final float[] step;
    private final float entry;

    /**
     * Takes the phones of an acoustic model.
     *
     * @param entryPenalty natural logarithm of the cost of beginning another phone
     */
    PhoneLoop(TiedStateAcousticModel model, float entryPenalty) {
        List<HMM> models = new ArrayList<>();
        for (Iterator<Unit> units = model.getContextIndependentUnitIterator(); units.hasNext(); ) {
            models.add(model.lookupNearestHMM(units.next(), HMMPosition.UNDEFINED, false));
        }
        LogMath log = LogMath.getLogMath();
        phones = models.size();
        senone = new int[phones * STATES];
        stay = new float[senone.length];
        step = new float[senone.length];
        Arrays.fill(stay, Float.NEGATIVE_INFINITY);
        Arrays.fill(step, Float.NEGATIVE_INFINITY);
        for (int phone = 0; phone < phones; phone++) {
            for (int s = 0; s < STATES; s++) {
                int at = phone * STATES + s;
                HMMState state = models.get(phone).getState(s);
                senone[at] = Math.toIntExact(state.getMixtureId());
                for (HMMStateArc arc : state.getSuccessors()) {
                    int to = arc.getHMMState().getState();
                    if (to == s) {
                        stay[at] = log.logToLn(arc.getLogProbability());
                    } else if (to == s + 1) {
                        step[at] = log.logToLn(arc.getLogProbability());
                    }
                }
            }
        }
        entry = entryPenalty;
    }

    /** One utterance's way through the loop; used by one thread. */
    final class Walk {
        private float[] now = new float[senone.length];
        private float[] next = new float[senone.length];
        private float exit;

        Walk() {
            Arrays.fill(now, Float.NEGATIVE_INFINITY);
        }

        /** Takes one more frame and returns the best score of all frames so far. */
        float step(FrameScorer frame) {
            float best = Float.NEGATIVE_INFINITY;
            float leaving = Float.NEGATIVE_INFINITY;
            for (int at = 0; at < senone.length; at++) {
                int s = at % STATES;
                float enter = s == 0 ? exit + entry : now[at - 1] + step[at - 1];
                float score = Math.max(now[at] + stay[at], enter);
                if (score > Float.NEGATIVE_INFINITY) {
                    score += frame.score(senone[at]);
                    best = Math.max(best, score);
                    if (s == STATES - 1) {
                        leaving = Math.max(leaving, score + step[at]);
                    }
                }
                next[at] = score;
            }
            float[] old = now;
            now = next;
            next = old;
            exit = leaving;
            return best;
        }
    }
}
