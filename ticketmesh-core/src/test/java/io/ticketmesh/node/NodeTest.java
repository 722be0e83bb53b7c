package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.transport.MemoryNetwork;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeTest {
    private static final Duration TWENTY_SECONDS = Duration.ofSeconds(20);

    private final FragileStore disk = new FragileStore();
    private final ReplicaStore store = disk.store();
    private final Node node = node(store, 1, null);
    private final AtomicLong numbers = new AtomicLong();

    private static Node node(ReplicaStore store, long incarnation, @Nullable Transport transport) {
        Origin origin = new Origin(store.node(), incarnation);
        Replica replica = new Replica(
                store, origin, () -> 1_767_225_600_000L, Workflow.standard(), Schedule.STANDARD, new Random(7));
        return new Node(store, replica, transport);
    }

    @AfterEach
    void close() {
        CountDownLatch gate = disk.gate;
        if (gate != null) {
            gate.countDown();
        }
        node.close();
    }

    private Proposal creation() {
        return Proposal.of(
                TicketId.timeOrdered(1_767_225_600_000L, 0, numbers.incrementAndGet()),
                "alice",
                List.of(new CreateTicket("Printer")));
    }

    /** Lets the replica thread hang in the commit of one proposal. */
    private CompletableFuture<Outcome> hang() throws InterruptedException {
        disk.gate = new CountDownLatch(1);
        CompletableFuture<Outcome> hanging = node.propose(creation());
        disk.waits.await();
        return hanging;
    }

    private void release() {
        CountDownLatch gate = disk.gate;
        disk.gate = null;
        gate.countDown();
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return failed.getCause();
        } catch (java.util.concurrent.TimeoutException never) {
            throw new AssertionError("The future never completed", never);
        }
        throw new AssertionError("The future completed normally");
    }

    private static Duration timeOf(Runnable work) {
        long before = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Test
    void allThatWaitsGoesIntoOneCommit() throws Exception {
        node.start();
        hang();
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int number = 0; number < Node.BATCH; number++) {
            waiting.add(node.propose(creation()));
        }
        int before = disk.commits.get();
        release();
        waiting.forEach(CompletableFuture::join);

        assertThat(disk.commits.get() - before).isEqualTo(2); // the one that hung, and one for all
    }

    @Test
    void aFullMailboxRefusesAndNothingIsLostOrDoubled() throws Exception {
        node.start();
        CompletableFuture<Outcome> hanging = hang();
        List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
        for (int number = 0; number < Node.MAILBOX; number++) {
            waiting.add(node.propose(creation()));
        }
        assertThat(node.waiting()).isEqualTo(Node.MAILBOX);

        assertThat(failureOf(node.propose(creation()))).isInstanceOf(OverloadedException.class);
        assertThat(failureOf(node.propose(creation()))).hasMessageContaining("retry is safe");
        release();
        hanging.join();
        waiting.forEach(CompletableFuture::join);

        assertThat(store.counts().living()).isEqualTo(Node.MAILBOX + 1);
        assertThat(store.version().get(node.origin())).isEqualTo(Node.MAILBOX + 1);
        assertThat(node.propose(creation()).join()).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void everyWriteIsAnsweredWhenTheNodeIsClosedMeanwhile() throws Exception {
        node.start();
        AtomicBoolean stop = new AtomicBoolean();
        List<List<CompletableFuture<Outcome>>> answers = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        CountDownLatch writing = new CountDownLatch(4);
        for (int writer = 0; writer < 4; writer++) {
            List<CompletableFuture<Outcome>> mine = new ArrayList<>();
            answers.add(mine);
            Thread thread = new Thread(() -> {
                while (!stop.get() && mine.size() < 50_000) {
                    mine.add(node.propose(creation()));
                    if (mine.size() == 200) {
                        writing.countDown();
                    }
                }
            });
            thread.start();
            writers.add(thread);
        }
        writing.await();
        Duration took = timeOf(node::close);
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(took).isLessThan(TWENTY_SECONDS);
        long accepted = 0;
        for (List<CompletableFuture<Outcome>> mine : answers) {
            for (CompletableFuture<Outcome> answer : mine) {
                assertThat(answer).isDone();
                accepted += answer.isCompletedExceptionally() ? 0 : 1;
            }
        }
        assertThat(accepted).isPositive().isEqualTo(store.counts().living());
        assertThat(disk.closes).hasValue(1);
    }

    @Test
    void aSecondCloseDoesNothing() {
        node.start();
        node.close();
        node.close();

        assertThat(disk.closes).hasValue(1);
    }

    @Test
    void aNodeThatWasNeverStartedAnswersWhenItIsClosed() throws Exception {
        CompletableFuture<Outcome> early = node.propose(creation());
        node.close();

        assertThat(failureOf(early)).isInstanceOf(ReadOnlyException.class);
        assertThat(disk.closes).hasValue(1);
    }

    @Test
    void aDiskThatHangsHoldsUpNoClose() throws Exception {
        node.start();
        CompletableFuture<Outcome> hanging = hang();
        CompletableFuture<Outcome> waiting = node.propose(creation());

        assertThat(timeOf(node::close)).isLessThan(TWENTY_SECONDS);

        assertThat(failureOf(hanging)).isInstanceOf(ReadOnlyException.class).hasMessageContaining("restart");
        assertThat(failureOf(waiting)).isInstanceOf(ReadOnlyException.class);
        assertThat(disk.closes).hasValue(0); // its thread still writes
        release();
        assertThat(disk.closed().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoBringsOperationsIsAnsweredWhenTheNodeIsClosedMeanwhile() throws Exception {
        node.start();
        hang();
        CompletableFuture<Long> brought = node.bring(List.of());
        node.close();

        assertThat(failureOf(brought)).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> node.bring(List.of())).isInstanceOf(ReadOnlyException.class);
    }

    @Test
    void whoBringsOperationsIsAnsweredWhenTheDiskFails() throws Exception {
        node.start();
        node.propose(creation()).join();
        List<Operation> foreign = operationsOfAnother();
        disk.failsAtCommit = 1;

        assertThat(failureOf(node.bring(foreign)))
                .isInstanceOf(ReadOnlyException.class)
                .hasRootCauseMessage("No space left on device");
    }

    private List<Operation> operationsOfAnother() {
        MemoryStore other = new MemoryStore(new NodeId(1, 2));
        Origin origin = new Origin(other.node(), 1);
        try (Node stranger = node(other, 1, null)) {
            stranger.start();
            stranger.propose(creation()).join();
            return other.operations(origin, 1, 10);
        }
    }

    @Test
    void anInterruptDoesNotCutACloseShort() throws Exception {
        node.start();
        CompletableFuture<Outcome> last = node.propose(creation());
        Thread.currentThread().interrupt();
        try {
            node.close();
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }

        assertThat(last.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Accepted.class);
        assertThat(disk.closes).hasValue(1);
    }

    @Test
    void aCloseFromACallbackDoesNotWaitForItself() throws Exception {
        node.start();
        CompletableFuture<Duration> closed = node.propose(creation()).thenApply(outcome -> timeOf(node::close));

        assertThat(closed.get(20, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(3)); // to wait would take 3.5
        assertThat(disk.closed().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whenTheDiskFailsLaterWritesAreRefusedAndReadsGoOn() throws Exception {
        disk.failsAtCommit = 4;
        node.start();
        node.propose(creation()).join();
        node.propose(creation()).join();
        CompletableFuture<Outcome> unlucky = node.propose(creation());

        assertThat(failureOf(unlucky))
                .isInstanceOf(ReadOnlyException.class)
                .hasMessageContaining("whether this write was stored")
                .hasRootCauseMessage("No space left on device");
        Throwable later = failureOf(node.propose(creation()));
        assertThat(later).isInstanceOf(ReadOnlyException.class).hasMessageContaining("The disk is full");
        assertThat(failureOf(node.propose(creation()))).isNotSameAs(later);
        assertThat(node.refusal()).hasCauseInstanceOf(StoreFailedException.class);
        assertThat(store.counts().living()).isEqualTo(2);
        assertThat(disk.commits).hasValue(4);
    }

    @Test
    void aNodeWhoseDiskFailedIsSilent() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        CountDownLatch left = new CountDownLatch(1);
        disk.failsAtCommit = 2;
        try (Node broken = node(disk.store(), 2, leaving(network.join(new Origin(store.node(), 2)), left))) {
            broken.start();
            assertThat(failureOf(broken.propose(creation()))).isInstanceOf(ReadOnlyException.class);

            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Transport leaving(Transport wire, CountDownLatch left) {
        return new Transport() {
            @Override
            public void start(TransportListener listener) {
                wire.start(listener);
            }

            @Override
            public void send(Outgoing message) {
                throw new IllegalStateException("A transport that breaks its promise");
            }

            @Override
            public void close() {
                wire.close();
                left.countDown();
            }
        };
    }

    @Test
    void aTransportThatBreaksItsPromiseDisturbsNoWrite() {
        FragileStore other = new FragileStore(new NodeId(0xB0B, 1));
        MemoryNetwork network = new MemoryNetwork();
        Origin origin = new Origin(new NodeId(0xB0B, 1), 1);
        try (Node bob = node(other.store(), 1, leaving(network.join(origin), new CountDownLatch(1)))) {
            bob.start();

            assertThat(bob.propose(creation()).join()).isInstanceOf(Outcome.Accepted.class);
            assertThat(bob.propose(creation()).join()).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void messagesThatWaitCostOneCommitTogether() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        FragileStore far = new FragileStore(new NodeId(0xB0B, 1));
        ReplicaStore farStore = far.store();
        Origin bobOrigin = new Origin(farStore.node(), 1);
        CountDownLatch caughtUp = new CountDownLatch(300);
        try (Node alice = node(disk.store(), 3, network.join(new Origin(store.node(), 3)));
                Node bob = node(farStore, 1, network.join(bobOrigin))) {
            bob.subscribe(event -> caughtUp.countDown());
            bob.start();
            alice.start();
            far.gate = new CountDownLatch(1);
            alice.propose(creation()).join();
            far.waits.await();
            int before = far.commits.get();
            for (int number = 1; number < 300; number++) {
                alice.propose(creation()).join(); // a hint each
            }
            CountDownLatch gate = far.gate;
            far.gate = null;
            gate.countDown();

            assertThat(caughtUp.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(far.commits.get() - before).isLessThan(20);
            assertThat(farStore.buckets()).isEqualTo(store.buckets());
            assertThat(bob.droppedMessages()).isZero();
        }
    }

    @Test
    void messagesThatFindNoRoomAreDroppedAndRepaired() throws Exception {
        MemoryNetwork network = new MemoryNetwork();
        FragileStore far = new FragileStore(new NodeId(0xB0B, 1));
        ReplicaStore farStore = far.store();
        int tickets = Node.ARRIVALS + 500;
        CountDownLatch caughtUp = new CountDownLatch(tickets);
        try (Node alice = node(disk.store(), 3, network.join(new Origin(store.node(), 3)));
                Node bob = node(farStore, 1, network.join(new Origin(farStore.node(), 1)))) {
            bob.subscribe(event -> caughtUp.countDown());
            bob.start();
            alice.start();
            far.gate = new CountDownLatch(1);
            alice.propose(creation()).join();
            far.waits.await();
            for (int number = 1; number < tickets; number++) {
                alice.propose(creation()).join();
            }
            assertThat(bob.droppedMessages()).isPositive();
            CountDownLatch gate = far.gate;
            far.gate = null;
            gate.countDown();

            assertThat(caughtUp.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(farStore.version()).isEqualTo(store.version());
        }
    }

    @Test
    void anInterruptInACallbackDoesNotReachTheDisk() throws Exception {
        node.start();
        node.propose(creation())
                .thenRun(() -> Thread.currentThread().interrupt())
                .join();

        assertThat(node.propose(creation()).join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(node.refusal()).isNull();
    }

    @Test
    void statisticsAreReadableAtAnyTime() {
        assertThat(node.statistics().duplicates()).isZero();
        node.start();
        assertThat(node.propose(creation()).join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(node.statistics().early()).isZero();
        assertThatThrownBy(() -> Proposal.of(new TicketId(1, 1), " ", List.of()))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aStrangersMessageToAClosedNodeIsDropped() {
        MemoryNetwork network = new MemoryNetwork();
        Origin stranger = new Origin(new NodeId(9, 9), 1);
        Transport wire = network.join(stranger);
        wire.send(new Outgoing(null, new Message.Hint(List.of(), false))); // not started: goes nowhere
        try (Node alice = node(disk.store(), 3, network.join(new Origin(store.node(), 3)))) {
            alice.start();
            alice.close();
            wire.start((from, message) -> {});
            wire.send(new Outgoing(alice.origin(), new Message.Hint(List.of(), false)));

            assertThat(alice.droppedMessages()).isZero();
        }
    }
}
