package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MapDbOptionsTest {
    @Test
    void whatWaitsForACheckpointFitsIntoTheHeap() {
        assertThat(MapDbOptions.forHeap(8L << 30).waitAtBytes()).isEqualTo(192L << 20);
        assertThat(MapDbOptions.forHeap(512L << 20).waitAtBytes()).isEqualTo(192L << 20);
        assertThat(MapDbOptions.forHeap(512L << 20).checkpointBytes()).isEqualTo(96L << 20);
        assertThat(MapDbOptions.forHeap(192L << 20).waitAtBytes()).isEqualTo(72L << 20);
        assertThat(MapDbOptions.forHeap(192L << 20).checkpointBytes()).isEqualTo(36L << 20);
    }

    @Test
    void keysAreGatheredInAPowerOfTwoOfBuckets() {
        for (int count : new int[] {-1, 0, 3, 12, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> MapDbOptions.DEFAULT.withKeyBuckets(count))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("keyBuckets is " + count);
        }
    }
}
