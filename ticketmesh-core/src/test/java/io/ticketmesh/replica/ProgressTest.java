package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Origin ALICE = new Origin(new NodeId(1, 1), 1);
    private static final Origin BOB = new Origin(new NodeId(2, 2), 1);

    private final Progress progress = new Progress();

    private Long since(Origin origin, long sequence) {
        return progress.since(new OperationId(origin, sequence));
    }

    @Test
    void anOperationIsHeldSinceTheFirstStepThatCoversIt() {
        progress.note(ALICE, 3, 10);
        progress.note(ALICE, 7, 20);

        assertThat(since(ALICE, 2)).isEqualTo(10);
        assertThat(since(ALICE, 3)).isEqualTo(10);
        assertThat(since(ALICE, 4)).isEqualTo(20);
        assertThat(since(ALICE, 8)).isNull();
        assertThat(since(BOB, 1)).isNull();
    }

    @Test
    void onlyWhatIsNewIsAStep() {
        VersionVector before = VersionVector.EMPTY.with(new OperationId(ALICE, 5));
        progress.note(before, before.with(new OperationId(BOB, 1)), 30);

        assertThat(since(BOB, 1)).isEqualTo(30);
        assertThat(since(ALICE, 5)).isNull();
    }

    @Test
    void whatIsForgottenIsNotToldWrong() {
        for (int sequence = 1; sequence <= Progress.MOST + 10; sequence++) {
            progress.note(ALICE, sequence, sequence * 100L);
        }

        assertThat(since(ALICE, 1)).isNull();
        assertThat(since(ALICE, 11)).as("perhaps known before").isNull();
        assertThat(since(ALICE, 12)).isEqualTo(1_200);
        assertThat(since(ALICE, Progress.MOST + 10)).isEqualTo((Progress.MOST + 10) * 100L);
    }
}
