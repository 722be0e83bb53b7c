package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.SameStores;
import io.ticketmesh.store.Staging;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the roster is when the store is closed: in the checkpoint, in the log behind it, or in the log alone. */
class StoreRosterTest {
    private static final Member ALICE = new Member(new NodeId(1, 1), "desk", 1, 1_000, 0);
    private static final Member BOB = new Member(new NodeId(2, 2), "cellar", 1, 2_000, 0);

    private final MemoryDisk disk = new MemoryDisk();

    /** Checkpoints come only at the end of each run. */
    private MapDbStore open(MemoryDisk from) {
        return MapDbStore.open(
                from,
                () -> RandomCommits.NODE,
                MapDbOptions.DEFAULT.inline(1_000_000).withSegmentBytes(64 << 10));
    }

    private static void enroll(MapDbStore store, Member member) {
        Staging staging = new Staging(store);
        staging.enroll(member);
        store.commit(staging.commit());
    }

    private int enrollBeforeAndAfterACheckpoint() {
        try (MapDbStore store = open(disk)) {
            enroll(store, ALICE);
        }
        try (MapDbStore store = open(disk)) {
            assertThat(store.roster()).isEqualTo(Roster.of(List.of(ALICE)));
            enroll(store, BOB);
            return disk.operations();
        }
    }

    @Test
    void isInTheCheckpointAndInTheLogBehindIt() {
        int beforeTheLastCheckpoint = enrollBeforeAndAfterACheckpoint();
        for (MemoryDisk left :
                List.of(disk.afterKill(beforeTheLastCheckpoint), disk.afterPowerLoss(beforeTheLastCheckpoint), disk)) {
            try (MapDbStore store = open(left)) {
                assertThat(store.roster()).isEqualTo(Roster.of(List.of(ALICE, BOB)));
            }
        }
    }

    @Test
    void isRebuiltFromTheLogAlone() throws IOException {
        enrollBeforeAndAfterACheckpoint();
        StoreFiles.condemn(disk);
        try (MapDbStore store = open(disk)) {
            assertThat(store.roster()).isEqualTo(Roster.of(List.of(ALICE, BOB)));
        }
    }

    @Test
    void isInABackup() {
        MemoryDisk target = new MemoryDisk();
        try (MapDbStore store = open(disk)) {
            enroll(store, ALICE);
            store.backup(target);
        }
        try (MapDbStore copy = open(target)) {
            assertThat(copy.roster()).isEqualTo(Roster.of(List.of(ALICE)));
        }
    }

    @Test
    void growsLikeTheOneInMemoryThroughRebuilds() throws IOException {
        StoreWorkload workload = new StoreWorkload(61, 80, false);
        Roster roster = workload.models.get(80).roster();
        assertThat(roster.members()).hasSizeGreaterThan(1);
        StoreFiles.condemn(workload.disk);
        try (MapDbStore store = StoreWorkload.open(workload.disk)) {
            assertThat(store.roster()).isEqualTo(roster);
            SameStores.assertSame(workload.models.get(80), store, workload.commits.known());
        }
    }
}
