package dev.parley.tools.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ToolNamesTest {
    @Test
    void whatModelsDoNotTakeBecomesAnUnderscore() {
        assertThat(new ToolNames("fs.").name("read/file ü")).isEqualTo("fs_read_file__");
        assertThat(new ToolNames("").name("")).isEqualTo("_");
    }

    @Test
    void longNamesAreCutAndStayApart() {
        String longName = "a".repeat(70);
        String cut = new ToolNames("").name(longName + "1");
        assertThat(cut).matches("a{55}_[0-9a-f]{8}");
        assertThat(new ToolNames("").name(longName + "1")).isEqualTo(cut);
        assertThat(new ToolNames("").name(longName + "2")).hasSize(64).isNotEqualTo(cut);
    }

    @Test
    void namesThatWouldBeTheSameAreNumbered() {
        ToolNames names = new ToolNames("");
        assertThat(names.name("a.b")).isEqualTo("a_b");
        assertThat(names.name("a/b")).isEqualTo("a_b_2");
        assertThat(names.name("a b")).isEqualTo("a_b_3");
        String longest = "n".repeat(64);
        assertThat(names.name(longest)).isEqualTo(longest);
        assertThat(names.name(longest)).hasSize(64).endsWith("_2");
    }
}
