package dev.parley.local.decoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One utterance's search for the best phrase: Viterbi with a beam, a frame at a time; used by one thread. */
final class Search {
    private static final float NEVER = Float.NEGATIVE_INFINITY;
    private static final int NOWHERE = -1;

    private final StateGraph graph;
    private final float beam;
    private float[] score;
    private int[] link;
    private float[] nextScore;
    private int[] nextLink;
    private int[] active;
    private int actives;
    private int[] nextActive;
    private int nextActives;
    /** A ring: each state is in it at most once, so it never overflows. */
    private final int[] passing;

    private int passingFrom;
    private int passingSize;
    private final boolean[] queued;
    private final int[] passed;
    private int passes;
    private final Links links = new Links();
    private float endScore = NEVER;
    private int endLink = NOWHERE;
    private int frame;

    /**
     * Begins a search.
     *
     * @param beam natural logarithm of how much worse than the best a partial phrase may be and live on
     */
    Search(StateGraph graph, float beam) {
        this.graph = graph;
        this.beam = beam;
        int n = graph.size();
        score = new float[n];
        nextScore = new float[n];
        link = new int[n];
        nextLink = new int[n];
        active = new int[n];
        nextActive = new int[n];
        passed = new int[n];
        queued = new boolean[n];
        passing = new int[n];
        Arrays.fill(nextScore, NEVER);
        Arrays.fill(score, NEVER);
        reach(0, 0, NOWHERE);
        pass(NEVER);
        swap();
    }

    /** Takes one more frame. */
    void step(FrameScorer scorer) {
        float best = NEVER;
        for (int i = 0; i < actives; i++) {
            int s = active[i];
            score[s] += scorer.score(graph.senone[s]);
            best = Math.max(best, score[s]);
        }
        frame++;
        endScore = NEVER;
        endLink = NOWHERE;
        float worst = best - beam;
        for (int i = 0; i < actives; i++) {
            int s = active[i];
            if (score[s] >= worst) {
                leave(s, score[s], link[s]);
            }
            score[s] = NEVER;
        }
        pass(worst);
        swap();
    }

    private void leave(int s, float from, int history) {
        for (int arc = graph.firstArc[s]; arc < graph.firstArc[s + 1]; arc++) {
            reach(graph.target[arc], from + graph.cost[arc], history);
        }
    }

    private void reach(int s, float value, int history) {
        if (value <= nextScore[s]) {
            return;
        }
        boolean fresh = nextScore[s] == NEVER;
        nextScore[s] = value;
        nextLink[s] = history;
        if (graph.senone[s] >= 0) {
            if (fresh) {
                nextActive[nextActives++] = s;
            }
        } else {
            if (fresh) {
                passed[passes++] = s;
            }
            if (!queued[s]) {
                queued[s] = true;
                int at = passingFrom + passingSize++;
                passing[at < passing.length ? at : at - passing.length] = s;
            }
        }
    }

    /** Goes on through the states that take no time. */
    private void pass(float worst) {
        while (passingSize > 0) {
            int s = passing[passingFrom++];
            if (passingFrom == passing.length) {
                passingFrom = 0;
            }
            passingSize--;
            queued[s] = false;
            float value = nextScore[s];
            if (value < worst) {
                continue;
            }
            int history = nextLink[s];
            if (graph.word[s] != StateGraph.NO_WORD) {
                history = links.add(history, graph.word[s], frame, value);
            }
            if (graph.end[s] && value > endScore) {
                endScore = value;
                endLink = history;
            }
            leave(s, value, history);
        }
        for (int i = 0; i < passes; i++) {
            nextScore[passed[i]] = NEVER;
        }
        passes = 0;
    }

    private void swap() {
        float[] oldScore = score;
        score = nextScore;
        nextScore = oldScore;
        int[] oldLink = link;
        link = nextLink;
        nextLink = oldLink;
        int[] oldActive = active;
        active = nextActive;
        nextActive = oldActive;
        actives = nextActives;
        nextActives = 0;
    }

    /** The words of the best whole phrase that ends with the last frame, silences among them; empty when none does. */
    List<Span> best() {
        List<Span> spans = new ArrayList<>();
        int endFrame = frame;
        float end = endScore;
        for (int at = endLink; at != NOWHERE; at = links.previous[at]) {
            spans.add(new Span(links.word[at], links.frame[at], endFrame, end - links.score[at]));
            endFrame = links.frame[at];
            end = links.score[at];
        }
        return spans.reversed();
    }

    /** One word or silence: the frames {@code from} to {@code to - 1} and the logarithm of its probability. */
    record Span(int word, int from, int to, float score) {}

    /** Who came after whom: the words entered so far. */
    private static final class Links {
        private int[] previous = new int[1024];
        private int[] word = new int[1024];
        private int[] frame = new int[1024];
        private float[] score = new float[1024];
        private int size;

        int add(int before, int spoken, int at, float value) {
            if (size == previous.length) {
                previous = Arrays.copyOf(previous, size * 2);
                word = Arrays.copyOf(word, size * 2);
                frame = Arrays.copyOf(frame, size * 2);
                score = Arrays.copyOf(score, size * 2);
            }
            previous[size] = before;
            word[size] = spoken;
            frame[size] = at;
            score[size] = value;
            return size++;
        }
    }
}
