package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Limits FEW = new Limits(6, 4, 3, 200);

    private final Leases leases = new Leases(FEW, 100);

    private Lease begin(int node, int host, long at) {
        Entry entry = new Entry(Instance.of(new NodeId(0, node), 1), 1, 0, false);
        Cookie cookie = new Cookie(node * 1_000L + at, node * 1_000_000L + at + 1, 0, 0);
        return leases.begin(entry, cookie, new InetSocketAddress(RegistryWorld.host(host), 4_000 + node), at);
    }

    private List<Long> listed() {
        List<Long> nodes = new ArrayList<>();
        leases.listedAfter(null).forEach(lease -> nodes.add(lease.entry().node().low()));
        return nodes;
    }

    @Test
    void aLeaseIsLateAfterSixSecondsAndEndsAfterTen() {
        begin(1, 1, 0);
        Lease two = begin(2, 1, 0);
        leases.renew(two, 5_000);

        leases.sweep(5_999);
        assertThat(listed()).containsExactly(1L, 2L);
        leases.sweep(6_000);
        assertThat(listed()).containsExactly(2L, 1L);
        leases.sweep(9_999);
        assertThat(listed()).containsExactly(2L, 1L);
        leases.sweep(10_000);
        assertThat(listed()).containsExactly(2L);
    }

    @Test
    void aLateServerThatIsHeardIsListedAsBefore() {
        Lease one = begin(1, 1, 0);
        Lease two = begin(2, 1, 0);
        leases.sweep(7_000);
        leases.renew(two, 7_100);
        leases.renew(one, 7_200);

        assertThat(listed()).containsExactly(1L, 2L);
        assertThat(one.entry().late()).isFalse();
    }

    @Test
    void anEndedLeaseIsRememberedForAMinute() {
        Lease one = begin(1, 1, 0);
        leases.leave(one, 1_000);

        leases.sweep(60_999);
        assertThat(leases.ofSession(one.session)).isSameAs(one);
        assertThat(leases.find(one.entry().node())).isSameAs(one);
        leases.sweep(61_000);
        assertThat(leases.ofSession(one.session)).isNull();
        assertThat(leases.find(one.entry().node())).isNull();
        assertThat(leases.remembered()).isZero();
    }

    @Test
    void everythingThatCanBeSeenChangesTheGeneration() {
        long generation = leases.generation();
        Lease one = begin(1, 1, 0);
        assertThat(leases.generation()).isEqualTo(++generation);
        leases.renew(one, 1_000);
        leases.sweep(1_000);
        assertThat(leases.generation()).isEqualTo(generation);
        leases.renew(one, new Entry(one.entry().instance().withZone("east"), 2, 0, false), 2_000);
        assertThat(leases.generation()).isEqualTo(++generation);
        leases.sweep(8_000);
        assertThat(leases.generation()).as("late").isEqualTo(++generation);
        leases.sweep(12_000);
        assertThat(leases.generation()).as("gone").isEqualTo(++generation);
        leases.sweep(13_000);
        assertThat(leases.generation()).isEqualTo(generation);
    }

    @Test
    void whatAServerSaidEarlierDoesNotReplaceWhatItSaidLater() {
        Lease one = begin(1, 1, 0);
        Instance instance = one.entry().instance();
        leases.renew(one, new Entry(instance.withZone("late"), 3, 0, false), 100);
        leases.renew(one, new Entry(instance.withZone("early"), 2, 0, false), 200);

        assertThat(one.entry().instance().zone()).isEqualTo("late");
    }

    @Test
    void thereAreLimitsForAllAndForOneAddress() {
        for (int node = 1; node <= 4; node++) {
            begin(node, 1, 0);
        }
        assertThat(leases.hasRoomFor(new NodeId(0, 5), RegistryWorld.host(1))).isFalse();
        assertThat(leases.hasRoomFor(new NodeId(0, 1), RegistryWorld.host(1)))
                .as("again")
                .isTrue();
        begin(5, 2, 0);
        Lease six = begin(6, 2, 0);
        assertThat(leases.hasRoomFor(new NodeId(0, 7), RegistryWorld.host(3))).isFalse();

        leases.leave(six, 10);

        assertThat(leases.hasRoomFor(new NodeId(0, 7), RegistryWorld.host(3))).isTrue();
    }

    @Test
    void noMoreAreRememberedThanMayRun() {
        for (int round = 0; round < 50; round++) {
            leases.leave(begin(round + 1, 1, round), round);
        }

        assertThat(leases.remembered()).isEqualTo(FEW.instances());
        assertThat(leases.ofSession(1_000_001)).isNull();
        assertThat(leases.size()).isZero();
    }

    @Test
    void twoOfThreeWhoFallSilentAreNotProtected() {
        begin(1, 1, 0);
        begin(2, 1, 0);
        Lease three = begin(3, 1, 0);
        leases.renew(three, 9_000);

        leases.sweep(10_000);

        assertThat(leases.isProtecting()).isFalse();
        assertThat(listed()).containsExactly(3L);
    }

    @Test
    void threeOfFourWhoFallSilentAreProtectedForAMinute() {
        for (int node = 1; node <= 3; node++) {
            begin(node, 1, 0);
        }
        Lease four = begin(4, 1, 0);
        for (long at = 250; at < 70_000; at += 250) {
            leases.renew(four, at);
            leases.sweep(at);
            assertThat(leases.size()).as("at %s", at).isEqualTo(4);
            assertThat(leases.isProtecting()).as("at %s", at).isEqualTo(at >= 10_000);
        }
        leases.renew(four, 70_000);
        leases.sweep(70_000);

        assertThat(listed()).containsExactly(4L);
        assertThat(leases.isProtecting()).isFalse();
    }

    @Test
    void halfOfAllWhoFallSilentAreNotProtected() {
        for (int node = 1; node <= 3; node++) {
            begin(node, 1, 0);
        }
        for (int node = 4; node <= 6; node++) {
            leases.renew(begin(node, 2, 0), 9_000);
        }

        leases.sweep(10_000);

        assertThat(leases.size()).isEqualTo(3);
    }

    @Test
    void aRegistrationInPlaceOfAnotherCountsOnce() {
        begin(1, 1, 0);
        begin(1, 1, 10);
        begin(1, 2, 20);

        assertThat(leases.size()).isEqualTo(1);
        for (int node = 2; node <= 5; node++) {
            assertThat(leases.hasRoomFor(new NodeId(0, node), RegistryWorld.host(1)))
                    .isTrue();
            begin(node, 1, 30);
        }
        assertThat(listed()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
}
