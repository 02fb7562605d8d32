package dev.parley.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.RealtimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedPhrasesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credit card | What is your CREDIT   card? | true",
                "credit card | credit-card | true",
                "credit card | Credit, card | true",
                "credit card | credit cards | false",
                "ass | a classic assassin | false",
                "ass | ASS! | true",
                "café | I like CAFE | true",
                "cafe | Un cafe\u0301, s'il vous plaît | true",
                "don't | I dont know | true",
                "straße | die STRASSE | false",
                "naïve | na\u200bive | true",
                "ｆｕｌｌ | full | true",
                "秘密 | これは秘密です | true",
                "ключ | Ваш КЛЮЧ. | true",
                "no 5 | number: no. 5 | true",
            })
    void findsWholeWordsWhateverTheirSpelling(String phrase, String text, boolean found) {
        Verdict verdict = BlockedPhrases.builder().phrase(phrase).build().verdict(text);
        assertThat(verdict instanceof Verdict.Block).isEqualTo(found);
    }

    @Test
    void findsPatterns() {
        BlockedPhrases cards = BlockedPhrases.builder()
                .pattern("\\b\\d{4}( ?\\d{4}){3}\\b")
                .say("")
                .build();
        assertThat(cards.verdict("It is 4111 1111 1111 1111.")).isEqualTo(Verdict.block(""));
        assertThat(cards.verdict("It is 4111 1111.")).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void aPatternThatGoesOnForEverBlocks() {
        BlockedPhrases slow = BlockedPhrases.builder().pattern("(a|a|aa)+$").build();
        assertThat(slow.verdict("a".repeat(5_000) + "!")).isInstanceOf(Verdict.Block.class);
        assertThat(slow.verdict("Nothing of the kind.")).isEqualTo(Verdict.ALLOW);
        BlockedPhrases deep = BlockedPhrases.builder().pattern("(?:(x)|y)*z").build();
        assertThat(deep.verdict("xy".repeat(200_000))).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void refusesWhatCannotBeFound() {
        assertThatThrownBy(() -> BlockedPhrases.builder().phrase(" - "))
                .isInstanceOf(RealtimeException.class)
                .hasMessageContaining("neither a letter nor a digit");
        assertThatThrownBy(() -> BlockedPhrases.builder().pattern("("))
                .isInstanceOf(RealtimeException.class)
                .hasMessageContaining("no regular expression");
    }

    @Test
    void keepsItsPhrasesToItself() {
        assertThat(BlockedPhrases.builder().phrase("marker").build().toString()).doesNotContain("marker");
    }

    @Test
    void cutsLongAnswers() {
        LongestAnswer brief = new LongestAnswer(5, "Enough.");
        BlockedPhrases none = BlockedPhrases.builder().build();
        assertThat(none.verdict("anything")).isEqualTo(Verdict.ALLOW);
        assertThat(brief.points()).containsExactly(Guardrail.Point.OUTPUT);
        assertThatThrownBy(() -> new LongestAnswer(0, "")).isInstanceOf(RealtimeException.class);
    }
}
