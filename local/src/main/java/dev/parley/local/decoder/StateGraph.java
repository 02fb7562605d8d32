package dev.parley.local.decoder;

import edu.cmu.sphinx.linguist.HMMSearchState;
import edu.cmu.sphinx.linguist.SearchState;
import edu.cmu.sphinx.linguist.SearchStateArc;
import edu.cmu.sphinx.linguist.WordSearchState;
import edu.cmu.sphinx.linguist.dictionary.Word;
import edu.cmu.sphinx.util.LogMath;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The phrases of a grammar as a graph of states in plain arrays, read by any number of threads. Emitting states stand
 * for 10 ms of a sound and have a senone; the others only connect them, begin a word or end a phrase.
 */
final class StateGraph {
    static final int NO_WORD = -1;
    static final int SILENCE = -2;

    /** By state: the senone, or -1 of a state that takes no time. */
    final int[] senone;

    /** By state: the word that begins here, {@link #NO_WORD} or {@link #SILENCE}. */
    final int[] word;

    final boolean[] end;

    /** Arcs of state {@code s} are {@code firstArc[s]} to {@code firstArc[s + 1] - 1}. */
    final int[] firstArc;

    final int[] target;

    /** By arc: natural logarithm of its probability. */
    final float[] cost;

    final List<String> words;

    private StateGraph(List<SearchState> states, IdentityHashMap<SearchState, Integer> numbers) {
        int n = states.size();
        senone = new int[n];
        word = new int[n];
        end = new boolean[n];
        firstArc = new int[n + 1];
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        int arcs = 0;
        for (int s = 0; s < n; s++) {
            SearchState state = states.get(s);
            senone[s] = state.isEmitting() && state instanceof HMMSearchState hmm
                    ? Math.toIntExact(hmm.getHMMState().getMixtureId())
                    : -1;
            word[s] = wordOf(state, vocabulary);
            end[s] = state.isFinal();
            firstArc[s] = arcs;
            arcs += state.getSuccessors().length;
        }
        firstArc[n] = arcs;
        target = new int[arcs];
        cost = new float[arcs];
        LogMath log = LogMath.getLogMath();
        int at = 0;
        for (SearchState state : states) {
            for (SearchStateArc arc : state.getSuccessors()) {
                target[at] = Objects.requireNonNull(numbers.get(arc.getState()));
                cost[at++] = log.logToLn(arc.getProbability());
            }
        }
        words = List.copyOf(vocabulary.keySet());
    }

    /** Flattens everything that can be reached from {@code initial}, which becomes state 0. */
    static StateGraph reachableFrom(SearchState initial) {
        List<SearchState> states = new ArrayList<>();
        IdentityHashMap<SearchState, Integer> numbers = new IdentityHashMap<>();
        states.add(initial);
        numbers.put(initial, 0);
        for (int s = 0; s < states.size(); s++) {
            for (SearchStateArc arc : states.get(s).getSuccessors()) {
                SearchState next = arc.getState();
                if (numbers.putIfAbsent(next, states.size()) == null) {
                    states.add(next);
                }
            }
        }
        return new StateGraph(states, numbers);
    }

    int size() {
        return senone.length;
    }

    private static int wordOf(SearchState state, Map<String, Integer> vocabulary) {
        if (!(state instanceof WordSearchState spoken)) {
            return NO_WORD;
        }
        Word word = spoken.getPronunciation().getWord();
        if (word.isFiller()) {
            return SILENCE;
        }
        Integer known = vocabulary.putIfAbsent(word.getSpelling(), vocabulary.size());
        return known == null ? vocabulary.size() - 1 : known;
    }
}
