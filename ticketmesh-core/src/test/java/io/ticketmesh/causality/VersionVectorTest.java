package io.ticketmesh.causality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionVectorTest {
    private static final Origin ALICE = new Origin(new NodeId(1, 0), 1);
    private static final Origin BOB = new Origin(new NodeId(2, 0), 1);

    private static VersionVector vector(long alice, long bob) {
        return VersionVector.of(Map.of(ALICE, alice, BOB, bob));
    }

    private static List<VersionVector> someVectors() {
        Random random = new Random(1);
        List<VersionVector> vectors = new ArrayList<>(List.of(VersionVector.EMPTY));
        for (int i = 0; i < 12; i++) {
            Map<Origin, Long> entries = new HashMap<>();
            for (int node = 0; node < 3; node++) {
                entries.put(new Origin(new NodeId(node, 0), 1), (long) random.nextInt(3));
            }
            vectors.add(VersionVector.of(entries));
        }
        return vectors;
    }

    @Test
    void nothingSeenIsTheSameAsZero() {
        assertThat(vector(0, 0)).isEqualTo(VersionVector.EMPTY).hasSameHashCodeAs(VersionVector.EMPTY);
        assertThat(vector(0, 0).isEmpty()).isTrue();
        assertThat(vector(0, 3).size()).isEqualTo(1);
        assertThat(VersionVector.EMPTY.get(ALICE)).isZero();
    }

    @Test
    void aSequenceIsNotNegative() {
        assertThatThrownBy(() -> vector(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OperationId(ALICE, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOperationAndAllBeforeItAreSeen() {
        VersionVector seen = VersionVector.EMPTY.with(new OperationId(ALICE, 3));

        assertThat(seen.contains(new OperationId(ALICE, 3))).isTrue();
        assertThat(seen.contains(new OperationId(ALICE, 1))).isTrue();
        assertThat(seen.contains(new OperationId(ALICE, 4))).isFalse();
        assertThat(seen.contains(new OperationId(BOB, 1))).isFalse();
        assertThat(seen.with(new OperationId(ALICE, 2))).isSameAs(seen);
    }

    @Test
    void oneVectorDominatesAnotherIfItHasSeenAllOfIt() {
        assertThat(vector(2, 1).dominates(vector(1, 1))).isTrue();
        assertThat(vector(2, 1).dominates(vector(1, 2))).isFalse();
        assertThat(vector(1, 2).dominates(vector(2, 1))).isFalse();
        assertThat(VersionVector.EMPTY.dominates(vector(1, 0))).isFalse();
        assertThat(vector(1, 0).dominates(VersionVector.EMPTY)).isTrue();
    }

    @Test
    void mergingIsTheLeastUpperBoundAndIntersectingTheGreatestLowerOne() {
        for (VersionVector one : someVectors()) {
            for (VersionVector two : someVectors()) {
                VersionVector both = one.merge(two);
                VersionVector common = one.intersect(two);
                assertThat(both).isEqualTo(two.merge(one));
                assertThat(common).isEqualTo(two.intersect(one));
                assertThat(both.dominates(one) && both.dominates(two)).isTrue();
                assertThat(one.dominates(common) && two.dominates(common)).isTrue();
                for (VersionVector three : someVectors()) {
                    assertThat(both.merge(three)).isEqualTo(one.merge(two.merge(three)));
                    assertThat(three.dominates(one) && three.dominates(two)).isEqualTo(three.dominates(both));
                    assertThat(one.dominates(three) && two.dominates(three)).isEqualTo(common.dominates(three));
                }
            }
        }
    }

    @Test
    void aVectorIsAMapOfNumbersThatOnlyGrow() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            Map<Origin, Long> one = someEntries(random);
            Map<Origin, Long> two = someEntries(random);
            VersionVector first = VersionVector.of(one);
            VersionVector second = VersionVector.of(two);

            Map<Origin, Long> both = new HashMap<>(one);
            two.forEach((origin, sequence) -> both.merge(origin, sequence, Math::max));
            Map<Origin, Long> rest = new HashMap<>(one);
            rest.keySet().removeAll(two.keySet());
            long beyond = one.entrySet().stream()
                    .mapToLong(entry -> Math.max(0, entry.getValue() - two.getOrDefault(entry.getKey(), 0L)))
                    .sum();
            assertThat(first.entries()).isEqualTo(one);
            assertThat(first.merge(second).entries()).isEqualTo(both);
            assertThat(first.without(second).entries()).isEqualTo(rest);
            assertThat(first.countBeyond(second)).isEqualTo(beyond);
            assertThat(first.dominates(second)).isEqualTo(both.equals(one));
            VersionVector stepwise = VersionVector.EMPTY;
            for (Map.Entry<Origin, Long> entry : one.entrySet()) {
                stepwise = stepwise.with(new OperationId(entry.getKey(), entry.getValue()));
            }
            assertThat(stepwise).isEqualTo(first).hasSameHashCodeAs(first);
            assertThat(stepwise.hash()).isEqualTo(first.hash());
            assertThat(first.hash().equals(second.hash())).isEqualTo(one.equals(two));
            assertThat(first.origins())
                    .containsExactlyElementsOf(first.entries().keySet());
        }
    }

    private static Map<Origin, Long> someEntries(Random random) {
        Map<Origin, Long> entries = new HashMap<>();
        for (int i = random.nextInt(1 << random.nextInt(8)); i > 0; i--) {
            entries.put(new Origin(new NodeId(random.nextInt(5), 0), random.nextInt(20)), 1L + random.nextInt(3));
        }
        return entries;
    }

    @Test
    void originsAreSortedAsUnsignedNumbersSoThatAllSortThemAlike() {
        Origin large = new Origin(new NodeId(-1, 0), 1);
        VersionVector vector = VersionVector.of(Map.of(large, 1L, ALICE, 1L));

        assertThat(vector.entries().firstKey()).isEqualTo(ALICE);
        assertThat(vector.entries().lastKey()).isEqualTo(large);
        assertThatThrownBy(() -> vector.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
