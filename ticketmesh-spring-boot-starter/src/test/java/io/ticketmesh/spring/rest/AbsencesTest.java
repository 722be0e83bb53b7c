package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsencesTest {
    private static final Origin ALICE = new Origin(new NodeId(1, 1), 1);
    private static final Origin BOB = new Origin(new NodeId(2, 1), 1);

    private long nanos;
    private final Absences absences = new Absences(() -> nanos);

    private static VersionVector holding(long alice, long bob) {
        return VersionVector.of(Map.of(ALICE, alice, BOB, bob));
    }

    @Test
    void whatDidNotComeForSomeTimeIsLost() {
        absences.note(holding(5, 3), holding(5, 2));
        assertThat(absences.include(holding(5, 3), holding(5, 2)))
                .as("it may be under way")
                .isFalse();

        nanos += Absences.MISSED.toNanos();
        absences.note(holding(5, 4), holding(5, 2)); // somebody waited again
        assertThat(absences.include(holding(5, 3), holding(5, 2))).isTrue();
        assertThat(absences.include(holding(5, 4), holding(5, 2)))
                .as("a later one of the same run comes behind it")
                .isTrue();
        assertThat(absences.include(holding(6, 2), holding(5, 2)))
                .as("another run may answer")
                .isFalse();
    }

    @Test
    void whatCameAfterAllIsForgotten() {
        absences.note(holding(5, 3), holding(5, 2));
        nanos += Absences.MISSED.toNanos();
        assertThat(absences.include(holding(5, 4), holding(5, 3))).isFalse();

        absences.note(holding(5, 4), holding(5, 3));
        assertThat(absences.include(holding(5, 4), holding(5, 3)))
                .as("that is another absence")
                .isFalse();
    }

    @Test
    void afterAWhileSomebodyWaitsAgain() {
        absences.note(holding(0, 3), holding(0, 2));
        nanos += Absences.REMEMBERED.toNanos() - 1;
        assertThat(absences.include(holding(0, 3), holding(0, 2))).isTrue();

        nanos++;
        assertThat(absences.include(holding(0, 3), holding(0, 2))).isFalse();
    }

    @Test
    void onlySoManyAreRemembered() {
        absences.note(holding(0, 1), VersionVector.EMPTY);
        for (int run = 0; run < Absences.MOST; run++) {
            absences.note(VersionVector.of(Map.of(new Origin(new NodeId(9, 9), run), 1L)), VersionVector.EMPTY);
        }
        nanos += Absences.MISSED.toNanos();

        assertThat(absences.include(holding(0, 1), VersionVector.EMPTY)).isFalse();
        VersionVector last = VersionVector.of(Map.of(new Origin(new NodeId(9, 9), Absences.MOST - 1), 1L));
        assertThat(absences.include(last, VersionVector.EMPTY)).isTrue();
    }
}
