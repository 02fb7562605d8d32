package dev.parley.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.benchmarks.load.LoadResult;
import dev.parley.benchmarks.provider.ProviderReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
    @Test
    void areNoneWhenAllCameBack() {
        Losses none = Losses.of(client(10, 10, 0, 0), provider(10, 0, 0));
        assertThat(none.total()).isZero();
    }

    @Test
    void areToldByTheirWay() {
        Losses some = Losses.of(client(10, 5, 1, 2), provider(8, 1, 3));
        assertThat(some).isEqualTo(new Losses(1, 2, 2, 5));
        assertThat(some)
                .hasToString("events 1 lost on the way to the provider, 2 lost on the way to the client, 2 altered,"
                        + " 5 out of order, doubled or after a lost one");
    }

    private static LoadResult client(long sent, long received, long altered, long misplaced) {
        return new LoadResult(null, sent, received, altered, misplaced, 0, 0, List.of(), List.of());
    }

    private static ProviderReport provider(long received, long altered, long misplaced) {
        return new ProviderReport(0, 0, received, altered, misplaced, 0);
    }
}
