package io.ticketmesh.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final NodeId ALICE = new NodeId(1, 1);
    private static final NodeId BOB = new NodeId(2, 2);
    private static final NodeId CAROL = new NodeId(3, 3);
    private static final List<NodeId> ALL = List.of(ALICE, BOB, CAROL);

    @Test
    void eachTicketHasAnOrderInWhichNodesTakeTurns() {
        Map<NodeId, Integer> first = new HashMap<>();
        for (long number = 0; number < 3_000; number++) {
            TicketId ticket = TicketId.timeOrdered(number, number, -number);
            List<Long> delays = ALL.stream()
                    .map(node -> new Watch(node, ALL, 0, false).delayMillis(ticket))
                    .toList();
            assertThat(delays).containsExactlyInAnyOrder(0L, Watch.GRACE_MILLIS, 2 * Watch.GRACE_MILLIS);
            first.merge(ALL.get(delays.indexOf(0L)), 1, Integer::sum);
        }
        assertThat(first.values()).allMatch(share -> share > 800);
    }

    @Test
    void whoIsGoneIsNotWaitedFor() {
        LongStream.range(0, 100).forEach(number -> {
            TicketId ticket = TicketId.timeOrdered(number, number, -number);
            assertThat(new Watch(BOB, List.of(BOB), 0, false).delayMillis(ticket))
                    .isZero();
        });
    }

    @Test
    void oneClockThatIsWrongDoesNotCount() {
        assertThat(Watch.of(mesh(member(BOB, -86_400_000L, 0, 0), member(CAROL, -86_400_100L, 0, 0)))
                        .aheadMillis())
                .as("of the one that is a day ahead")
                .isEqualTo(86_400_000L);
        assertThat(Watch.of(mesh(member(BOB, 86_400_000L, 0, 0), member(CAROL, 50L, 0, 0)))
                        .aheadMillis())
                .as("of one of the two that are right")
                .isEqualTo(-50);
        assertThat(Watch.of(mesh(member(BOB, -86_400_000L, 0, 0))).aheadMillis())
                .as("of two that differ the later one fires nothing early")
                .isEqualTo(86_400_000L);
        assertThat(Watch.of(mesh(member(BOB, 86_400_000L, 0, 0))).aheadMillis()).isZero();
        assertThat(Watch.of(mesh()).aheadMillis()).isZero();
    }

    @Test
    void onlyWhoCanBeReachedMatters() {
        Watch watch = Watch.of(
                mesh(member(BOB, -86_400_000L, 7, MemberStatus.REACHABLE_MILLIS + 1), member(CAROL, null, 0, 0)));

        assertThat(watch.nodes()).containsExactly(ALICE, CAROL);
        assertThat(watch.aheadMillis()).isZero();
        assertThat(watch.behind()).isFalse();
        assertThat(Watch.of(mesh(member(BOB, 0L, 7, 0))).behind()).isTrue();
    }

    private static MemberStatus member(NodeId node, @Nullable Long drift, long ahead, long silentMillis) {
        return new MemberStatus(
                new Member(node, "", 0, 0, 0), false, true, new Origin(node, 1), silentMillis, 0, ahead, drift);
    }

    private static MeshStatus mesh(MemberStatus... others) {
        List<MemberStatus> members = new ArrayList<>(List.of(others));
        Origin self = new Origin(ALICE, 1);
        members.add(0, new MemberStatus(new Member(ALICE, "", 0, 0, 0), true, true, self, 0L, 0, 0, 0L));
        return new MeshStatus(self, VersionVector.EMPTY, members, false, null, List.of());
    }
}
