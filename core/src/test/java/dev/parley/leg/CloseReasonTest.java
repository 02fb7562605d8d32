package dev.parley.leg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CloseReasonTest {
    @Test
    void cutsAReasonThatIsTooLongBetweenCharacters() {
        for (String letter : new String[] {"a", "é", "語", "😀"}) {
            String text = CloseReason.of(Failure.NORMAL, letter.repeat(200)).text();
            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(119, 123);
            assertThat(text.replace(letter, "")).isEmpty();
        }
    }

    @Test
    void sendsOnlyCodesThatMayBeSent() {
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000}) {
            assertThat(new CloseReason(Failure.PROVIDER_CLOSED, code, "")
                            .sendable()
                            .code())
                    .isEqualTo(1011);
        }
        for (int code : new int[] {1000, 1001, 1011, 1012, 1013, 3000, 4000, 4999}) {
            assertThat(new CloseReason(Failure.PROVIDER_CLOSED, code, "")
                            .sendable()
                            .code())
                    .isEqualTo(code);
        }
    }
}
