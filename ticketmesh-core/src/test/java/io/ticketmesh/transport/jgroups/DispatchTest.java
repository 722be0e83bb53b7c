package io.ticketmesh.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jgroups.Address;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/** The send thread's work, without threads and network. */
class DispatchTest {
    private static final long ROOM = 40 << 20;

    private final Origin bob = TestMesh.origin();
    private final Origin carol = TestMesh.origin();
    private final FakeGroup group = new FakeGroup();
    private final Address bobsAddress = group.join();
    private final Address carolsAddress = group.join();
    private final PeerAddresses peers = new PeerAddresses();
    private final SendQueue queue = new SendQueue(ROOM);
    private final Dispatch dispatch = new Dispatch(queue, group, peers, 60_000);

    DispatchTest() {
        peers.learn(bob, bobsAddress);
        peers.learn(carol, carolsAddress);
    }

    @Test
    void whatWaitsForAllGoesTogether() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            queue.offer(new Parcel(null, new byte[1_000]));
        }

        dispatch.round();

        assertThat(group.broadcasts).hasSize(3).allMatch(frame -> frame.length <= Frame.MAX_BYTES);
        assertThat(group.broadcasts.stream().mapToInt(frame -> frame.length).sum())
                .isGreaterThan(100_000);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void aMemberWithoutCreditsHoldsUpNobodyAndGetsItsOwnLater() throws InterruptedException {
        group.credits.put(bobsAddress, 0L);
        queue.offer(new Parcel(bob, new byte[100_000]));
        queue.offer(new Parcel(carol, new byte[100_000]));

        dispatch.round();
        dispatch.round();

        assertThat(group.delivered(carolsAddress)).isGreaterThan(100_000);
        assertThat(group.delivered(bobsAddress)).isZero();
        assertThat(queue.bytes()).isEqualTo(100_000);

        group.credits.put(bobsAddress, 60_000L);
        dispatch.round();
        assertThat(group.delivered(bobsAddress)).isBetween(40_000L, 60_000L);
        group.credits.put(bobsAddress, 1_000_000L);
        dispatch.round();
        assertThat(group.delivered(bobsAddress)).isGreaterThan(100_000);
        assertThat(queue.bytes()).isZero();
        assertThat(dispatch.dropped()).isZero();
    }

    @Test
    void aLaneTakesALargeParcelButNotMuchMore() throws InterruptedException {
        group.credits.put(bobsAddress, 0L);
        queue.offer(new Parcel(bob, new byte[8 << 20]));
        queue.offer(new Parcel(bob, new byte[1]));

        dispatch.round();

        assertThat(dispatch.dropped()).isEqualTo(1);
        assertThat(queue.bytes()).isEqualTo(8 << 20);
    }

    @Test
    void whatWaitsTooLongIsDropped() throws InterruptedException {
        Dispatch impatient = new Dispatch(queue, group, peers, -1);
        group.credits.put(bobsAddress, 0L);
        queue.offer(new Parcel(bob, new byte[1_000]));

        impatient.round();

        assertThat(impatient.dropped()).isEqualTo(1);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void whatWaitsForOneWhoLeftIsDropped() throws InterruptedException {
        group.credits.put(bobsAddress, 0L);
        queue.offer(new Parcel(bob, new byte[1_000]));
        dispatch.round();

        group.others = List.of(carolsAddress);
        dispatch.round();

        assertThat(dispatch.dropped()).isEqualTo(1);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void oneWhoIsNotInViewIsWhisperedTo() throws InterruptedException {
        group.others = List.of(carolsAddress);
        queue.offer(new Parcel(bob, new byte[1_000]));
        queue.offer(new Parcel(bob, new byte[50_000]));

        dispatch.round();

        assertThat(group.whispers).containsOnlyKeys(bobsAddress);
        assertThat(dispatch.dropped()).as("the large one").isEqualTo(1);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void aMemberThatStaysWithoutCreditsIsAskedForThem() throws InterruptedException {
        group.credits.put(bobsAddress, 0L);
        queue.offer(new Parcel(bob, new byte[1_000]));

        Inbox.await("the question", () -> {
            round();
            return group.asked.contains(bobsAddress);
        });
    }

    @Test
    void aFullQueueTakesNoMoreUntilSomethingIsSent() throws InterruptedException {
        Parcel large = new Parcel(bob, new byte[8 << 20]);
        for (int i = 0; i < 5; i++) {
            assertThat(queue.offer(large)).isTrue();
        }
        assertThat(queue.offer(new Parcel(null, new byte[1]))).isFalse();

        dispatch.round();

        assertThat(queue.offer(new Parcel(null, new byte[1]))).isTrue();
    }

    @Test
    void theQueueIsBoundedByNumberToo() {
        for (int i = 0; i < SendQueue.MAX_PARCELS; i++) {
            assertThat(queue.offer(new Parcel(null, new byte[1]))).isTrue();
        }
        assertThat(queue.offer(new Parcel(null, new byte[1]))).isFalse();
    }

    private void round() {
        try {
            dispatch.round();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class FakeGroup implements Group {
        final List<byte[]> broadcasts = new ArrayList<>();
        final Map<Address, Long> whispers = new HashMap<>();
        final Map<Address, Long> credits = new HashMap<>();
        final List<Address> asked = new ArrayList<>();
        final Map<Address, Long> deliveries = new HashMap<>();
        List<Address> others = List.of();

        Address join() {
            Address address = UUID.randomUUID();
            List<Address> more = new ArrayList<>(others);
            more.add(address);
            others = List.copyOf(more);
            credits.put(address, 1L << 30);
            return address;
        }

        long delivered(Address address) {
            return deliveries.getOrDefault(address, 0L);
        }

        @Override
        public List<Address> others() {
            return others;
        }

        @Override
        public void broadcast(byte[] frame) {
            broadcasts.add(frame);
        }

        @Override
        public void whisper(Address target, byte[] frame) {
            whispers.merge(target, (long) frame.length, Long::sum);
        }

        @Override
        public void deliver(Address member, byte[] frame) {
            deliveries.merge(member, (long) frame.length, Long::sum);
            credits.merge(member, (long) -frame.length, Long::sum);
        }

        @Override
        public long credits(Address member) {
            return credits.getOrDefault(member, 0L);
        }

        @Override
        public void requestCredits(Address member) {
            asked.add(member);
        }
    }
}
