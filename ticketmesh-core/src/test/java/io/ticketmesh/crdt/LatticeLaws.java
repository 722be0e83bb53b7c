package io.ticketmesh.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The three laws that every lattice keeps. */
public final class LatticeLaws {
    private LatticeLaws() {}

    /** Merging these copies is commutative, associative and idempotent, and a merge holds both. */
    public static <T extends Lattice<T>> void assertLaws(List<T> copies) {
        for (T one : copies) {
            assertThat(one.merge(one)).as("idempotent").isEqualTo(one);
            for (T two : copies) {
                T both = one.merge(two);
                assertThat(both).as("commutative").isEqualTo(two.merge(one));
                assertThat(both.merge(two)).as("absorbing").isEqualTo(both);
                for (T three : copies) {
                    assertThat(both.merge(three)).as("associative").isEqualTo(one.merge(two.merge(three)));
                }
            }
        }
    }
}
