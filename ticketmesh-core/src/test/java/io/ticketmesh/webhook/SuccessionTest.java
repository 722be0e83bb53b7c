package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final List<NodeId> NODES =
            LongStream.rangeClosed(1, 5).mapToObj(high -> new NodeId(high, 7)).toList();

    private static final NodeId GONE = new NodeId(9, 9);

    @Test
    void everybodyTellsHisOwnAtOnce() {
        assertThat(Succession.patienceMillis(NODES.get(0), NODES.get(0), NODES)).isZero();
    }

    @Test
    void successorsOfOneThatIsGoneComeInOneAfterTheOther() {
        List<Long> patience = NODES.stream()
                .map(self -> Succession.patienceMillis(GONE, self, NODES))
                .sorted()
                .toList();

        assertThat(patience).containsExactly(10_000L, 20_000L, 30_000L, 40_000L, 50_000L);
    }

    @Test
    void oneThatIsThereHasAMinute() {
        List<Long> patience = NODES.stream()
                .filter(self -> !self.equals(NODES.get(2)))
                .map(self -> Succession.patienceMillis(NODES.get(2), self, NODES))
                .sorted()
                .toList();

        assertThat(patience).containsExactly(60_000L, 70_000L, 80_000L, 90_000L);
    }

    @Test
    void whoIsLeftAloneComesInFirst() {
        assertThat(Succession.patienceMillis(GONE, NODES.get(3), Set.of(NODES.get(3))))
                .isEqualTo(10_000);
    }

    @Test
    void theWorkOfManyGoesToMany() {
        TreeMap<NodeId, Integer> firsts = new TreeMap<>();
        for (int number = 100; number < 200; number++) {
            NodeId owner = new NodeId(number, number);
            NODES.stream()
                    .filter(self -> Succession.patienceMillis(owner, self, NODES) == Succession.GONE_MILLIS)
                    .forEach(self -> firsts.merge(self, 1, Integer::sum));
        }

        assertThat(firsts.values()).hasSize(5).allMatch(count -> count > 5);
        assertThat(firsts.values().stream().mapToInt(count -> count).sum()).isEqualTo(100);
    }
}
