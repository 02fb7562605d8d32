package dev.parley.local.decoder;

import edu.cmu.sphinx.linguist.acoustic.UnitManager;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.Sphinx3Loader;
import edu.cmu.sphinx.linguist.acoustic.tiedstate.TiedStateAcousticModel;
import edu.cmu.sphinx.linguist.flat.FlatLinguist;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The phrases a grammar allows, ready to be heard: immutable, shared by all sessions and threads. */
public final class Phrases {
    private static final String MODELS = "/edu/cmu/sphinx/models/en-us/";

    /** sphinx4's builders and its JSGF parser keep static state without a lock of their own. */
    private static final ReentrantLock BUILDING = new ReentrantLock();

    private static final float WORD_INSERTION = 0.01f;
    private static final float SILENCE_INSERTION = 0.1f;
    private static final float LANGUAGE_WEIGHT = 8f;

    private final TiedMixtures mixtures;
    private final StateGraph graph;
    private final PhoneLoop loop;
    private final Tuning tuning;

    private Phrases(TiedMixtures mixtures, StateGraph graph, PhoneLoop loop, Tuning tuning) {
        this.mixtures = mixtures;
        this.graph = graph;
        this.loop = loop;
        this.tuning = tuning;
    }

    /**
     * Compiles a grammar, which takes one to three seconds.
     *
     * @param jsgf the grammar's text; every public rule may be spoken
     * @param pronunciations of words the dictionary lacks, in its phones: {@code "parley" -> "P AA R L IY"}
     * @throws GrammarException when the grammar is wrong or a word has no pronunciation
     * @throws UncheckedIOException when the models of {@code sphinx4-data} are missing or broken
     */
    public static Phrases compile(String jsgf, Map<String, String> pronunciations, Tuning tuning) {
        BUILDING.lock();
        try {
            QuietLoggers.hush();
            PhraseGrammar grammar = new PhraseGrammar(jsgf);
            UnitManager units = new UnitManager();
            Lexicon lexicon = lexicon(grammar, pronunciations, units);
            Sphinx3Loader loader = new Sphinx3Loader(resource("en-us/"), units, 0f, 1e-7f, 1e-4f, 4, true);
            TiedStateAcousticModel model = new TiedStateAcousticModel(loader, units, false);
            FlatLinguist linguist = linguist(model, new RuleGraph(grammar, lexicon), units);
            linguist.allocate();
            return new Phrases(
                    new TiedMixtures(loader),
                    StateGraph.reachableFrom(linguist.getSearchGraph().getInitialState()),
                    new PhoneLoop(model, tuning.phonePenalty()),
                    tuning);
        } catch (IOException e) {
            throw new UncheckedIOException("the speech models could not be read: " + e.getMessage(), e);
        } finally {
            BUILDING.unlock();
        }
    }

    /**
     * Checks a grammar without compiling it, which takes a tenth of a second.
     *
     * @throws GrammarException when the grammar is wrong or a word has no pronunciation
     */
    public static void check(String jsgf, Map<String, String> pronunciations) {
        BUILDING.lock();
        try {
            QuietLoggers.hush();
            lexicon(new PhraseGrammar(jsgf), pronunciations, new UnitManager());
        } catch (IOException e) {
            throw new UncheckedIOException("the speech models could not be read: " + e.getMessage(), e);
        } finally {
            BUILDING.unlock();
        }
    }

    private static Lexicon lexicon(PhraseGrammar grammar, Map<String, String> pronunciations, UnitManager units)
            throws IOException {
        try (InputStream dictionary = resource("cmudict-en-us.dict").openStream()) {
            return new Lexicon(grammar.words(), pronunciations, dictionary, units);
        }
    }

    private static FlatLinguist linguist(TiedStateAcousticModel model, RuleGraph grammar, UnitManager units) {
        return new FlatLinguist(
                model,
                grammar,
                units,
                WORD_INSERTION,
                SILENCE_INSERTION,
                1,
                1,
                LANGUAGE_WEIGHT,
                false,
                false,
                false,
                false,
                1,
                1,
                model);
    }

    private static URL resource(String name) throws FileNotFoundException {
        @Nullable URL url = FlatLinguist.class.getResource(MODELS + name);
        if (url == null) {
            throw new FileNotFoundException(
                    MODELS + name + " is not on the class path; add de.sciss:sphinx4-data:1.0.0");
        }
        return url;
    }

    /**
     * Decodes one whole utterance; any number of threads may do so at once.
     *
     * @param pcm 16-bit mono speech at 16 kHz, with up to a second of silence at either side
     * @param length samples of it
     */
    public Hypothesis decode(short[] pcm, int length) {
        float[] features = Features.of(pcm, length);
        int frames = features.length / TiedMixtures.FEATURES;
        FrameScorer scorer = new FrameScorer(mixtures);
        Search search = new Search(graph, tuning.beam());
        PhoneLoop.Walk walk = loop.new Walk();
        float[] yardstick = new float[frames + 1];
        for (int frame = 0; frame < frames; frame++) {
            scorer.next(features, frame * TiedMixtures.FEATURES);
            search.step(scorer);
            yardstick[frame + 1] = walk.step(scorer);
        }
        return Hypothesis.of(graph.words, search.best(), yardstick);
    }

    /** How many states the compiled grammar has; a measure of its memory and time. */
    public int size() {
        return graph.size();
    }

    /**
     * The numbers that trade speed, accuracy and rejection.
     *
     * @param beam natural logarithm of the search's width
     * @param phonePenalty natural logarithm of the cost of a phone in the loop that stands for any speech
     */
    public record Tuning(float beam, float phonePenalty) {
        /** What was found best; see MEASURED.md. */
        public static Tuning standard() {
            return new Tuning(150f, -3f);
        }
    }
}
