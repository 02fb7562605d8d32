package dev.parley.local.decoder;

import edu.cmu.sphinx.jsgf.JSGFGrammarParseException;
import edu.cmu.sphinx.jsgf.JSGFRuleGrammar;
import edu.cmu.sphinx.jsgf.JSGFRuleGrammarFactory;
import edu.cmu.sphinx.jsgf.JSGFRuleGrammarManager;
import edu.cmu.sphinx.jsgf.parser.JSGFParser;
import edu.cmu.sphinx.jsgf.parser.TokenMgrError;
import edu.cmu.sphinx.jsgf.rule.JSGFRule;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleAlternatives;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleCount;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleName;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleSequence;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleTag;
import edu.cmu.sphinx.jsgf.rule.JSGFRuleToken;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSGF grammar, parsed and checked: every rule it names exists, none contains itself, at least one is public. */
final class PhraseGrammar {
    private final JSGFRuleGrammar rules;
    private final Set<String> words = new TreeSet<>();

    /** Parses a grammar. Not thread-safe: sphinx4's parser is a static singleton, so callers hold the build lock. */
    PhraseGrammar(String jsgf) {
        try {
            rules = JSGFParser.newGrammarFromJSGF(
                    new StringReader(jsgf), new JSGFRuleGrammarFactory(new JSGFRuleGrammarManager()));
        } catch (JSGFGrammarParseException e) {
            throw new GrammarException(
                    "the JSGF grammar has a syntax error at line " + e.lineNumber + ", column " + e.charNumber, e);
        } catch (TokenMgrError e) {
            throw new GrammarException("the JSGF grammar cannot be read: " + e.getMessage(), e);
        }
        if (publicRules().isEmpty()) {
            throw new GrammarException("the JSGF grammar has no public rule; write 'public <command> = …;'");
        }
        Deque<String> open = new ArrayDeque<>();
        for (String name : rules.getRuleNames()) {
            open.push(name);
            check(rules.getRule(name), open);
            open.pop();
        }
    }

    /** The names of the rules that may be spoken. */
    List<String> publicRules() {
        List<String> names = new ArrayList<>();
        for (String name : rules.getRuleNames()) {
            if (rules.isRulePublic(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** Every word the grammar uses. */
    Set<String> words() {
        return words;
    }

    JSGFRule rule(String name) {
        return rules.getRule(name);
    }

    private void check(@Nullable JSGFRule rule, Deque<String> open) {
        switch (rule) {
            case JSGFRuleToken token -> words.add(token.getText());
            case JSGFRuleAlternatives any -> any.getRules().forEach(each -> check(each, open));
            case JSGFRuleSequence all -> all.getRules().forEach(each -> check(each, open));
            case JSGFRuleCount some -> check(some.getRule(), open);
            case JSGFRuleTag tagged -> check(tagged.getRule(), open);
            case JSGFRuleName named -> checkName(named.getSimpleRuleName(), open);
            case null, default -> throw new GrammarException("the rule <" + open.peek() + "> is empty");
        }
    }

    private void checkName(String name, Deque<String> open) {
        if (isSpecial(name)) {
            return;
        }
        JSGFRule target = rules.getRule(name);
        if (target == null) {
            throw new GrammarException("the rule <" + open.peek() + "> names <" + name + ">, which does not exist");
        }
        if (open.contains(name)) {
            throw new GrammarException(
                    "the rule <" + name + "> contains itself; write a repetition with + or * instead");
        }
        open.push(name);
        check(target, open);
        open.pop();
    }

    static boolean isSpecial(String name) {
        return name.equals("NULL") || name.equals("VOID");
    }
}
