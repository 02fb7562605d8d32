package dev.parley.local.decoder;

import edu.cmu.sphinx.jsgf.rule.JSGFRule;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleAlternatives;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleCount;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleName;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleSequence;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleTag;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleToken;
import edu.cmu.sphinx.linguist.dictionary.Dictionary;
import edu.cmu.sphinx.linguist.language.grammar.Grammar;
import edu.cmu.sphinx.linguist.language.grammar.GrammarNode;
import edu.cmu.sphinx.util.LogMath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A phrase grammar as sphinx4's graph of words, built from text in memory (sphinx4's own JSGF class reads only URLs and
 * loops for ever on some grammars).
 */
final class RuleGraph extends Grammar {
    private final PhraseGrammar phrases;

    RuleGraph(PhraseGrammar phrases, Dictionary dictionary) {
        super(false, true, true, false, dictionary);
        this.phrases = phrases;
    }

    @Override
    protected GrammarNode createGrammar() {
        GrammarNode first = createGrammarNode(Dictionary.SILENCE_SPELLING);
        GrammarNode last = createGrammarNode(Dictionary.SILENCE_SPELLING);
        last.setFinalNode(true);
        for (String name : phrases.publicRules()) {
            Span rule = build(phrases.rule(name));
            first.add(rule.start, LogMath.LOG_ONE);
            rule.end.add(last, LogMath.LOG_ONE);
        }
        initialNode = first;
        postProcessGrammar();
        return first;
    }

    private Span build(@Nullable JSGFRule rule) {
        return switch (rule) {
            case JSGFRuleToken token -> {
                GrammarNode word = createGrammarNode(token.getText());
                yield new Span(word, word);
            }
            case JSGFRuleAlternatives any -> alternatives(any);
            case JSGFRuleSequence all -> sequence(all.getRules());
            case JSGFRuleCount some -> count(some);
            case JSGFRuleTag tagged -> build(tagged.getRule());
            case JSGFRuleName named -> name(named.getSimpleRuleName());
            case null, default -> throw new GrammarException("this kind of JSGF rule is not supported: " + rule);
        };
    }

    private Span name(String name) {
        if (!PhraseGrammar.isSpecial(name)) {
            return build(phrases.rule(name));
        }
        Span span = empty();
        if (name.equals("NULL")) {
            span.start.add(span.end, LogMath.LOG_ONE);
        }
        return span;
    }

    private Span alternatives(JSGFRuleAlternatives any) {
        Span span = empty();
        List<Float> weights = any.getWeights();
        double sum = 0;
        if (weights != null) {
            for (float weight : weights) {
                sum += weight;
            }
        }
        for (int i = 0; i < any.getRules().size(); i++) {
            Span each = build(any.getRules().get(i));
            float log = LogMath.LOG_ONE;
            if (weights != null) {
                log = LogMath.getLogMath().linearToLog(Math.max(weights.get(i) / sum, 1e-6));
            }
            span.start.add(each.start, log);
            each.end.add(span.end, LogMath.LOG_ONE);
        }
        return span;
    }

    private Span sequence(List<JSGFRule> all) {
        Span whole = empty();
        GrammarNode last = whole.start;
        for (JSGFRule rule : all) {
            Span each = build(rule);
            last.add(each.start, LogMath.LOG_ONE);
            last = each.end;
        }
        last.add(whole.end, LogMath.LOG_ONE);
        return whole;
    }

    private Span count(JSGFRuleCount some) {
        Span span = empty();
        Span inner = build(some.getRule());
        span.start.add(inner.start, LogMath.LOG_ONE);
        inner.end.add(span.end, LogMath.LOG_ONE);
        if (some.getCount() != JSGFRuleCount.ONCE_OR_MORE) {
            span.start.add(span.end, LogMath.LOG_ONE);
        }
        if (some.getCount() != JSGFRuleCount.OPTIONAL) {
            inner.end.add(inner.start, LogMath.LOG_ONE);
        }
        return span;
    }

    private Span empty() {
        return new Span(createGrammarNode(false), createGrammarNode(false));
    }

    /** A part of the graph with one way in and one way out. */
    private record Span(GrammarNode start, GrammarNode end) {}
}
