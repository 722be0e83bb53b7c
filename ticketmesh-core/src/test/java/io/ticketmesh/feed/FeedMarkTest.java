package io.ticketmesh.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeedMarkTest {
    private static Origin run(int number) {
        return new Origin(new NodeId(number % 3, 7), 1_000L + number);
    }

    /** Runs from the first to the last, each of which wrote as often. */
    private static VersionVector runs(int count, long sequence) {
        Map<Origin, Long> entries = new HashMap<>();
        for (int number = 0; number < count; number++) {
            entries.put(run(number), sequence);
        }
        return VersionVector.of(entries);
    }

    private static VersionVector with(VersionVector version, Origin origin, long sequence) {
        Map<Origin, Long> entries = new HashMap<>(version.entries());
        entries.put(origin, sequence);
        return VersionVector.of(entries);
    }

    private static FeedMark carried(FeedMark mark) {
        FeedMark carried = FeedMark.parse(mark.toString());
        assertThat(carried).isEqualTo(mark);
        return carried;
    }

    @Test
    void fewRunsAreToldOneByOneAndUnderstoodByEverybody() {
        VersionVector seen = runs(5, 40);
        FeedMark mark = carried(FeedMark.of(seen, seen, Set.of()));
        assertThat(mark.completedBy(VersionVector.EMPTY)).isEqualTo(seen);
        assertThat(carried(FeedMark.of(VersionVector.EMPTY, seen, Set.of())).completedBy(seen))
                .isEqualTo(VersionVector.EMPTY);
    }

    @Test
    void aMarkOfThousandsOfRunsFitsAHeader() {
        VersionVector seen = runs(4_000, 1_000_000);
        FeedMark mark = carried(FeedMark.of(seen, seen, Set.of(run(1))));
        assertThat(mark.toString()).hasSizeLessThan(2_000).matches("[A-Za-z0-9_-]+");
        assertThat(mark.completedBy(seen)).isEqualTo(seen);
    }

    @Test
    void whoHoldsNewerRunsBesidesUnderstandsIt() {
        VersionVector seen = runs(200, 9);
        FeedMark mark = FeedMark.of(seen, seen, Set.of());
        VersionVector later = with(with(seen, run(777), 3), run(199), 12);
        assertThat(mark.completedBy(later)).isEqualTo(seen);
    }

    @Test
    void whoHoldsMoreOfARunThatMayStillWriteUnderstandsIt() {
        VersionVector seen = runs(200, 9);
        FeedMark mark = FeedMark.of(seen, seen, Set.of(run(0)));
        assertThat(mark.completedBy(with(seen, run(0), 10))).isEqualTo(seen);
    }

    @Test
    void whoHoldsAnotherOldRunDoesNotGuess() {
        VersionVector seen = runs(200, 9);
        FeedMark mark = FeedMark.of(seen, seen, Set.of());
        assertThat(mark.completedBy(with(seen, run(3), 10))).isNull();
        assertThat(mark.completedBy(with(seen, run(3), 8))).isNull();
        assertThat(mark.completedBy(runs(20, 9))).isNull();
    }

    @Test
    void aMarkIsNeverCompletedToMoreThanWasSeen() {
        int exact = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            VersionVector held = VersionVector.EMPTY;
            VersionVector seen = VersionVector.EMPTY;
            int count = 30 + random.nextInt(120);
            int lag = 1 + random.nextInt(20);
            for (int number = 0; number < count; number++) {
                long last = 1 + random.nextInt(5);
                held = with(held, run(number), last);
                boolean behind = random.nextInt(count) < lag;
                seen = with(seen, run(number), behind ? random.nextInt((int) last + 1) : last);
            }
            VersionVector elsewhere = held;
            for (int more = random.nextInt(4); more > 0; more--) {
                elsewhere = with(elsewhere, run(random.nextInt(count + 20)), 1 + random.nextInt(9));
            }
            FeedMark mark = carried(FeedMark.of(seen, held, Set.of(run(random.nextInt(count)))));
            VersionVector understood = mark.completedBy(elsewhere);
            if (understood != null) {
                assertThat(seen.dominates(understood)).as("seed %s", seed).isTrue();
                exact += understood.equals(seen) ? 1 : 0;
            }
            VersionVector here = mark.completedBy(held);
            assertThat(here == null || seen.dominates(here)).as("seed %s", seed).isTrue();
            if (count <= FeedMark.TOO_MANY) {
                assertThat(here).as("seed %s", seed).isEqualTo(seen);
            }
        }
        assertThat(exact).isGreaterThan(1_000);
    }

    @Test
    void whatIsNoMarkIsRefusedInOneWay() {
        VersionVector seen = runs(50, 9);
        String text = FeedMark.of(seen, seen, Set.of()).toString();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder broken = new StringBuilder(text.substring(0, random.nextInt(text.length() + 1)));
            for (int flips = random.nextInt(4); flips >= 0 && !broken.isEmpty(); flips--) {
                broken.setCharAt(random.nextInt(broken.length()), (char) (33 + random.nextInt(94)));
            }
            try {
                FeedMark.parse(broken.toString()).completedBy(seen);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("is not an id that a node has told");
            }
        }
        assertThatThrownBy(() -> FeedMark.parse("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FeedMark.parse("x".repeat(FeedMark.MAX_CHARS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most");
    }
}
