package io.ticketmesh.causality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionSummaryTest {
    private static final int RUNS = 4_000;

    /** Three nodes that were restarted every day for years; the runs of the last days have the highest incarnations. */
    private static VersionVector years() {
        Map<Origin, Long> entries = new HashMap<>();
        for (int run = 1; run <= RUNS; run++) {
            entries.put(run(run), 10L + run);
        }
        return VersionVector.of(entries);
    }

    private static Origin run(int run) {
        return new Origin(new NodeId(run % 3, 7), run);
    }

    private static VersionVector after(VersionVector vector, int run) {
        return vector.with(new OperationId(run(run), vector.get(run(run)) + 1));
    }

    @Test
    void aSmallVersionIsToldWhole() {
        VersionVector small = VersionVector.of(Map.of(run(1), 3L));

        VersionSummary summary = VersionSummary.of(small, Set.of(), 1);

        assertThat(summary).isEqualTo(VersionSummary.whole(small));
        assertThat(summary.completedBy(VersionVector.EMPTY)).isEqualTo(small);
        assertThat(summary.isOf(small)).isTrue();
        assertThat(summary.isOf(VersionVector.EMPTY)).isFalse();
    }

    @Test
    void whoHoldsTheSameOfAllOldRunsKnowsTheWholeVersion() {
        VersionVector mine = years();
        VersionVector theirs = after(after(mine, RUNS), RUNS - 1);

        VersionSummary summary = VersionSummary.of(theirs, Set.of(), 8);

        assertThat(summary.listed().size()).isEqualTo(8);
        assertThat(summary.completedBy(mine)).isEqualTo(theirs);
        assertThat(summary.isOf(theirs)).isTrue();
        assertThat(summary.isOf(mine)).isFalse();
    }

    @Test
    void whoNeverHeardOfANewRunKnowsTheWholeVersionToo() {
        VersionVector mine = years();
        VersionVector theirs = mine.with(new OperationId(run(RUNS + 1), 1));

        assertThat(VersionSummary.of(theirs, Set.of(), 8).completedBy(mine)).isEqualTo(theirs);
        VersionVector ahead = VersionSummary.of(mine, Set.of(), 8).completedBy(theirs);
        assertThat(ahead).as("the new run is none of what is left out").isNull();
    }

    @Test
    void whoDiffersInAnOldRunHasToAsk() {
        VersionVector mine = years();
        VersionVector theirs = after(mine, 1);

        assertThat(VersionSummary.of(theirs, Set.of(), 8).completedBy(mine)).isNull();
        assertThat(VersionSummary.of(theirs, Set.of(), 8).isOf(mine)).isFalse();
    }

    @Test
    void aRunThatGoesOnForYearsIsToldAlthoughManyBeganLater() {
        VersionVector mine = years();
        VersionVector theirs = after(mine, 1);

        VersionSummary summary = VersionSummary.of(theirs, Set.of(run(1)), 8);

        assertThat(summary.listed().size()).isEqualTo(8);
        assertThat(summary.completedBy(mine)).isEqualTo(theirs);
    }
}
