package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RealtimeAudioFormat;
import dev.parley.protocol.AudioEvent;
import dev.parley.protocol.Bytes;
import dev.parley.protocol.EventScanner;
import dev.parley.protocol.ItemKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PlayoutClockTest {
    private static final ItemKey A = new ItemKey("a", 0);
    private static final ItemKey B = new ItemKey("b", 0);
    private final PlayoutClock clock = new PlayoutClock();

    /** Audio of PCM at 24 kHz. */
    private static AudioEvent audio(ItemKey part, int ms) {
        String json = "{\"type\":\"response.output_audio.delta\",\"item_id\":\"" + part.itemId()
                + "\",\"content_index\":0,\"delta\":\""
                + Base64.getEncoder().encodeToString(new byte[48 * ms]) + "\"}";
        return (AudioEvent) new EventScanner().scan(Bytes.utf8(json));
    }

    private static long ms(long ms) {
        return ms * 1_000_000;
    }

    private void deliver(ItemKey part, int ms, long atMs) {
        clock.generated(audio(part, ms));
        clock.delivered(audio(part, ms), ms(atMs));
    }

    private long heard(ItemKey part, long atMs) {
        return clock.heardMillis(part, ms(atMs));
    }

    @Test
    void playsInRealTimeFromTheFirstAudioOn() {
        deliver(A, 500, 1_000);
        deliver(A, 500, 1_001);
        assertThat(heard(A, 1_001)).isEqualTo(1);
        assertThat(heard(A, 1_300)).isEqualTo(300);
        assertThat(clock.remaining(ms(1_300))).hasValue(ms(700));
        assertThat(heard(A, 9_000)).isEqualTo(1_000);
        assertThat(clock.silent(ms(9_000))).isTrue();
    }

    @Test
    void standsStillWhenAllWasPlayed() {
        deliver(A, 100, 0);
        deliver(A, 100, 1_000);
        assertThat(heard(A, 1_050)).isEqualTo(150);
    }

    @Test
    void playsItemsOneAfterTheOther() {
        deliver(A, 100, 0);
        deliver(B, 100, 0);
        assertThat(heard(A, 150)).isEqualTo(100);
        assertThat(heard(B, 150)).isEqualTo(50);
        assertThat(clock.over("a", ms(150))).isTrue();
        assertThat(clock.over("b", ms(150))).isFalse();
    }

    @Test
    void whatWasGeneratedAndNotDeliveredIsNotHeard() {
        clock.generated(audio(A, 300));
        clock.delivered(audio(A, 100), ms(0));
        assertThat(heard(A, 500)).isEqualTo(100);
        assertThat(clock.heard(A, ms(500))).isFalse();
        assertThat(clock.generatedMillis("a")).isEqualTo(300);
    }

    @Test
    void takesReportsAndGoesOnFromThere() {
        deliver(A, 1_000, 0);
        deliver(B, 1_000, 0);
        clock.reported(new PlaybackReport(A, 50, true), ms(200));
        assertThat(heard(A, 300)).isEqualTo(150);
        clock.reported(new PlaybackReport(A, 180, false), ms(330));
        assertThat(heard(A, 5_000)).isEqualTo(180);
        assertThat(clock.remaining(ms(5_000))).isEmpty();
        clock.reported(new PlaybackReport(B, 20, true), ms(6_000));
        assertThat(heard(A, 6_000)).isEqualTo(1_000);
        assertThat(heard(B, 6_010)).isEqualTo(30);
    }

    @Test
    void aReportBeyondWhatWasDeliveredCountsAsThat() {
        deliver(A, 100, 0);
        clock.reported(new PlaybackReport(A, 60_000, true), ms(10));
        assertThat(heard(A, 10)).isEqualTo(100);
    }

    @Test
    void aClientThatReportsPlaysWhatComesAfterAGapWhenItSaysSo() {
        deliver(A, 100, 0);
        clock.reported(new PlaybackReport(A, 100, false), ms(100));
        deliver(B, 500, 500);
        assertThat(heard(B, 650)).isZero();
        clock.reported(new PlaybackReport(B, 0, true), ms(650));
        assertThat(heard(B, 690)).isEqualTo(40);
    }

    @Test
    void aClientThatNoLongerReportsIsTakenToPlayAfterASecond() {
        deliver(A, 100, 0);
        clock.reported(new PlaybackReport(A, 100, false), ms(100));
        deliver(B, 500, 500);
        assertThat(clock.remaining(ms(600))).hasValue(ms(1_400));
        assertThat(heard(B, 1_540)).isEqualTo(40);
    }

    @Test
    void whatIsCutIsNotPlayedOn() {
        deliver(A, 1_000, 0);
        deliver(B, 1_000, 0);
        clock.cut(A, ms(100));
        assertThat(heard(A, 900)).isEqualTo(100);
        assertThat(heard(B, 900)).isEqualTo(800);
    }

    @Test
    void countsByTheFormat() {
        clock.format(RealtimeAudioFormat.PCMU);
        deliver(A, 100, 0);
        assertThat(heard(A, 10_000)).isEqualTo(600);
    }

    @Test
    void aPositionOfAnySizeIsTaken() {
        deliver(A, 100, 0);
        assertThat(clock.played(A, 288_230_375_151_711_744L, ms(10))).isTrue();
        assertThat(heard(A, 10)).isEqualTo(100);
    }

    @Test
    void aPositionWithinAMillisecondOfTheEndIsTheEnd() {
        deliver(A, 100, 0);
        clock.reported(new PlaybackReport(A, 99, false), ms(10));
        assertThat(clock.silent(ms(10))).isTrue();
    }
}
