package io.ticketmesh.causality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OriginTest {
    private static final NodeId NODE = new NodeId(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);

    @Test
    void everyOpenTakesAHigherIncarnationEvenWithTheClockSetBack() {
        Origin first = Origin.next(NODE, 0, 1_000_000, 5);
        Origin second = Origin.next(NODE, first.incarnation(), 10, 5);

        assertThat(second.incarnation()).isGreaterThan(first.incarnation());
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void copiesOpenedInTheSameMillisecondDifferByChance() {
        assertThat(Origin.next(NODE, 0, 1_000_000, 5)).isNotEqualTo(Origin.next(NODE, 0, 1_000_000, 6));
        assertThat(Origin.next(NODE, Long.MAX_VALUE / 2, 0, 5))
                .isNotEqualTo(Origin.next(NODE, Long.MAX_VALUE / 2, 0, 6));
    }

    @Test
    void aNodeIdIsReadAsItIsWritten() {
        assertThat(NODE).hasToString("0123456789abcdeffedcba9876543210");
        assertThat(NodeId.parse(NODE.toString())).isEqualTo(NODE);
        assertThat(NODE.shortName()).isEqualTo("01234567");
        assertThatThrownBy(() -> NodeId.parse("0123")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodeId.parse("x".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodesAreSortedAsUnsignedNumbers() {
        assertThat(new NodeId(-1, 0)).isGreaterThan(new NodeId(1, 0));
        assertThat(new NodeId(1, -1)).isGreaterThan(new NodeId(1, 1));
    }
}
