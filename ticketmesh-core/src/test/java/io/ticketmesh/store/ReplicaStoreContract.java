package io.ticketmesh.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do: the same as {@link MemoryStore}. */
public abstract class ReplicaStoreContract {
    private static final Origin BOB = new Origin(new NodeId(0xb0b, 2), 5);
    private static final Origin CAROL = new Origin(new NodeId(0xca401, 3), 6);

    private ReplicaStore store;

    /** An empty store of {@link RandomCommits#NODE}, or the same again with its content when called after a close. */
    protected abstract ReplicaStore open();

    /** Whether content outlives a close. */
    protected abstract boolean isDurable();

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void beginsEmpty() {
        store = open();
        SameStores.assertSame(new MemoryStore(RandomCommits.NODE), store, List.of());
        assertThat(store.position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersLikeTheOneInMemoryAfterAnyCommits(long seed) {
        store = open();
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(seed);
        for (int i = 1; i <= 240; i++) {
            Commit commit = commits.next(model);
            model.commit(commit);
            store.commit(commit);
            if (i % 60 == 0) {
                SameStores.assertSame(model, store, commits.known());
            }
        }
        if (isDurable()) {
            store.close();
            store = open();
            SameStores.assertSame(model, store, commits.known());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void pagesLikeTheOneInMemory(long seed) {
        store = open();
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(seed);
        for (int i = 0; i < 200; i++) {
            Commit commit = commits.next(model);
            model.commit(commit);
            store.commit(commit);
        }
        RandomQueries queries = new RandomQueries(commits.random(), commits.known());
        for (int i = 0; i < 300; i++) {
            SameStores.assertSamePages(model, store::page, queries.next());
        }
    }

    @Test
    void stagesTheSameCommitsAsTheOneInMemory() {
        store = open();
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(21);
        for (int i = 0; i < 200; i++) {
            Commit commit = commits.next(model);
            Staging staging = new Staging(store);
            commit.entries().forEach(staging::apply);
            assertThat(staging.commit()).isEqualTo(commit);
            model.commit(commit);
            store.commit(commit);
        }
    }

    @Test
    void remembersTheMembersThatWereEnrolled() {
        store = open();
        assertThat(store.roster()).isEqualTo(Roster.EMPTY);
        Member alice = new Member(new NodeId(1, 1), "desk", 1, 1_000, 0);
        Member bob = new Member(new NodeId(2, 2), "", 0, 2_000, 3_000);
        enroll(alice);
        enroll(bob, new Member(alice.node(), "cellar", 2, 5_000, 0));
        enroll(new Member(alice.node(), "desk", 1, 4_000, 4_500)); // known otherwise since
        Roster roster = Roster.of(List.of(bob, new Member(alice.node(), "cellar", 2, 5_000, 4_500)));
        assertThat(store.roster()).isEqualTo(roster);
        assertThat(store.changedSince(0, 100).tickets()).isEmpty();
        if (isDurable()) {
            store.close();
            store = open();
            assertThat(store.roster()).isEqualTo(roster);
        }
    }

    private void enroll(Member... members) {
        Staging staging = new Staging(store);
        for (Member member : members) {
            staging.enroll(member);
        }
        store.commit(staging.commit());
    }

    @Test
    void takesCommitsOfAnySize() {
        store = open();
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(22);
        Commit commit = commits.large(model, 2_500);
        model.commit(commit);
        store.commit(commit);
        SameStores.assertSame(model, store, commits.known());
    }

    @Test
    void lettingGoTwiceIsNoHarm() {
        store = open();
        store.close();
        store.close();
    }

    @Test
    void answersOfAListDoNotChangeAfterwards() {
        store = open();
        RandomCommits commits = new RandomCommits(23);
        store.commit(commits.next(store));
        long[] sums = store.buckets();
        sums[0]++;
        assertThat(store.buckets()).isNotEqualTo(sums);
        assertThatThrownBy(() -> store.states(null, 10).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void forgetsReceiptsInTimeWhateverForeignClocksSay() {
        store = open();
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(24);
        Random random = commits.random();
        long hour = 60L * 60 * 1000;
        for (int i = 0; i < 120; i++) {
            Commit commit;
            if (i % 2 == 0) {
                Staging staging = new Staging(model);
                staging.boundClock(HybridTimestamp.of(commits.elapse(random.nextInt(20) * hour), 0));
                commit = staging.commit();
            } else {
                commit = commits.next(model);
            }
            model.commit(commit);
            store.commit(commit);
            if (i % 20 == 0) {
                SameStores.assertSame(model, store, commits.known());
            }
        }
        SameStores.assertSame(model, store, commits.known());
    }

    /** Whoever holds all operations of an origin can serve them, however the last of them came. */
    @Test
    void anOriginOfWhichAllOperationsAreHeldHasNoFloorAfterASnapshot() {
        store = open();
        Operation first = creation(BOB, 1);
        Operation second = creation(BOB, 2);
        Operation third = creation(BOB, 3);
        commit(first);
        commit(second, caught(Map.of(BOB, 2L, CAROL, 4L)), third, caught(Map.of(BOB, 3L, CAROL, 4L)));

        for (int reads = isDurable() ? 2 : 1; reads > 0; reads--) {
            assertThat(store.version()).isEqualTo(VersionVector.of(Map.of(BOB, 3L, CAROL, 4L)));
            assertThat(store.floor()).isEqualTo(VersionVector.of(Map.of(CAROL, 4L)));
            assertThat(store.operations(BOB, 1, 10)).containsExactly(first, second, third);
            if (isDurable()) {
                store.close();
                store = open();
            }
        }
    }

    @Test
    void whatASnapshotJumpedOverIsBelowTheFloor() {
        store = open();
        Operation fourth = creation(BOB, 4);
        commit(creation(BOB, 1), caught(Map.of(BOB, 3L)), fourth);

        assertThat(store.version()).isEqualTo(VersionVector.of(Map.of(BOB, 4L)));
        assertThat(store.floor()).isEqualTo(VersionVector.of(Map.of(BOB, 3L)));
        assertThat(store.operations(BOB, 4, 10)).containsExactly(fourth);
    }

    private void commit(LogEntry... entries) {
        Staging staging = new Staging(store);
        for (LogEntry entry : entries) {
            staging.apply(entry);
        }
        store.commit(staging.commit());
    }

    private static LogEntry caught(Map<Origin, Long> version) {
        return new LogEntry.Caught(VersionVector.of(version));
    }

    /** The operation of that number, which creates a ticket. */
    private static Operation creation(Origin origin, long sequence) {
        long millis = RandomCommits.START_MILLIS + sequence;
        return new Operation(
                new OperationId(origin, sequence),
                HybridTimestamp.of(millis, 0),
                millis,
                "bob",
                TicketId.timeOrdered(millis, sequence, sequence),
                VersionVector.EMPTY,
                null,
                List.of(new CreateTicket("Printer " + sequence)),
                Bytes.EMPTY);
    }
}
