package io.ticketmesh.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticesTest {
    private static final Origin ALICE = new Origin(new NodeId(1, 0), 1);
    private static final Origin BOB = new Origin(new NodeId(2, 0), 1);

    /** A part of a ticket with what its copy has seen: together a lattice. */
    private record Copy<T extends DotStore<T>>(T part, VersionVector seen) implements Lattice<Copy<T>> {
        @Override
        public Copy<T> merge(Copy<T> other) {
            return new Copy<>(part.join(other.part, seen, other.seen), seen.merge(other.seen));
        }

        Copy<T> write(Origin origin, long millis, BiFunction<T, Stamp, T> change) {
            OperationId id = new OperationId(origin, seen.get(origin) + 1);
            Stamp stamp = new Stamp(new Trace(HybridTimestamp.of(millis, 0), id, "actor", millis), seen);
            return new Copy<>(change.apply(part, stamp), seen.with(id));
        }
    }

    private static Stamp stamp(Origin origin, long sequence, long millis) {
        OperationId id = new OperationId(origin, sequence);
        return new Stamp(new Trace(HybridTimestamp.of(millis, 0), id, "actor", millis), VersionVector.EMPTY);
    }

    /** Copies on three machines that write and meet by chance, with a clock that often stands still. */
    private static <T extends DotStore<T>> List<Copy<T>> copies(
            T empty, long seed, BiFunction<T, Stamp, T> write, BiFunction<T, Stamp, T> remove) {
        Random random = new Random(seed);
        List<Copy<T>> machines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            machines.add(new Copy<>(empty, VersionVector.EMPTY));
        }
        List<Copy<T>> samples = new ArrayList<>(machines);
        for (int step = 0; step < 12; step++) {
            int machine = random.nextInt(3);
            Origin origin = new Origin(new NodeId(machine + 1, 0), 1);
            Copy<T> copy = machines.get(machine);
            Copy<T> next = switch (random.nextInt(3)) {
                case 0 -> copy.merge(machines.get(random.nextInt(3)));
                case 1 -> copy.write(origin, step / 3, remove);
                default -> copy.write(origin, step / 3, write);
            };
            machines.set(machine, next);
            samples.add(next);
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aConflictRegisterKeepsTheLaws(long seed) {
        Random values = new Random(seed);
        LatticeLaws.assertLaws(copies(
                ConflictRegister.<String>empty(),
                seed,
                (register, stamp) -> register.write("v" + values.nextInt(3), stamp),
                ConflictRegister::clear));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anAddWinsMapKeepsTheLaws(long seed) {
        Random keys = new Random(seed);
        LatticeLaws.assertLaws(copies(
                AddWinsMap.<String, Integer>empty(),
                seed,
                (map, stamp) -> map.put("k" + keys.nextInt(2), keys.nextInt(3), stamp),
                (map, stamp) -> map.remove("k" + keys.nextInt(2), stamp)));
    }

    @Test
    void aLatestRegisterKeepsTheLaws() {
        List<LatestRegister<String>> copies = new ArrayList<>(List.of(LatestRegister.empty()));
        for (int i = 1; i < 6; i++) {
            copies.add(LatestRegister.<String>empty().write("a" + i, stamp(ALICE, i, i)));
            copies.add(LatestRegister.<String>empty().write("b" + i, stamp(BOB, i, i)));
        }
        LatticeLaws.assertLaws(copies);
    }

    @Test
    void aLatestMapKeepsTheLaws() {
        Random random = new Random(1);
        List<LatestMap<String, Integer>> copies = new ArrayList<>(List.of(LatestMap.empty()));
        for (int i = 1; i < 8; i++) {
            LatestMap<String, Integer> from = copies.get(random.nextInt(copies.size()));
            copies.add(from.write("k" + random.nextInt(2), i, stamp(random.nextBoolean() ? ALICE : BOB, i, i / 2)));
        }
        LatticeLaws.assertLaws(copies);
    }

    @Test
    void aGrowOnlyMapKeepsTheLaws() {
        Random random = new Random(1);
        List<GrowOnlyMap<String, Integer>> copies = new ArrayList<>(List.of(GrowOnlyMap.empty()));
        for (int i = 1; i < 8; i++) {
            GrowOnlyMap<String, Integer> from = copies.get(random.nextInt(copies.size()));
            copies.add(from.put("k" + random.nextInt(2), random.nextInt(4)));
        }
        LatticeLaws.assertLaws(copies);
    }

    @Test
    void aCounterKeepsTheLaws() {
        List<Counter> copies = new ArrayList<>(List.of(Counter.ZERO));
        Counter alice = Counter.ZERO;
        Counter bob = Counter.ZERO;
        for (int i = 1; i < 5; i++) {
            alice = alice.add(i, stamp(ALICE, i, i));
            bob = bob.merge(alice).add(1, stamp(BOB, i, i));
            copies.add(alice);
            copies.add(bob);
        }
        LatticeLaws.assertLaws(copies);
    }

    @Test
    void aCounterSumsWhatEachOriginCountedOnce() {
        Counter alice = Counter.ZERO.add(3, stamp(ALICE, 1, 1));
        Counter bob = Counter.ZERO.add(4, stamp(BOB, 1, 1)).add(1, stamp(BOB, 2, 2));

        assertThat(alice.merge(bob).merge(alice).value()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aHighestMapKeepsTheLaws(long seed) {
        Random random = new Random(seed);
        List<HighestMap<String, Integer>> samples = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            HighestMap<String, Integer> map = HighestMap.empty();
            for (int j = random.nextInt(4); j > 0; j--) {
                Stamp stamp = stamp(random.nextBoolean() ? ALICE : BOB, 1 + random.nextInt(50), random.nextInt(3));
                map = map.write("k" + random.nextInt(2), random.nextInt(3), stamp);
            }
            samples.add(map);
        }
        LatticeLaws.assertLaws(samples);
    }

    @Test
    void theHighestValueStaysWhoeverWroteItLast() {
        HighestMap<String, Integer> map = HighestMap.<String, Integer>empty().write("k", 7, stamp(ALICE, 1, 1));

        assertThat(map.write("k", 6, stamp(BOB, 1, 2)).get("k")).contains(7);
        assertThat(map.write("k", 8, stamp(BOB, 1, 2)).get("k")).contains(8);
        assertThat(map.isBelow("k", 7)).isFalse();
        assertThat(map.isBelow("k", 8)).isTrue();
        assertThat(map.isBelow("other", 0)).isTrue();
    }

    @Test
    void aCounterStopsAtTheLargestNumber() {
        Counter full = new Counter(new TreeMap<>(java.util.Map.of(ALICE, Long.MAX_VALUE)));

        assertThat(full.add(1, stamp(ALICE, 1, 1)).value()).isEqualTo(Long.MAX_VALUE);
        assertThat(full.add(1, stamp(BOB, 1, 1)).value()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ofEqualTimesTheHigherOriginWins() {
        LatestRegister<String> alice = LatestRegister.<String>empty().write("a", stamp(ALICE, 1, 5));

        assertThat(alice.write("b", stamp(BOB, 1, 5)).or("")).isEqualTo("b");
        assertThat(LatestRegister.<String>empty()
                        .write("b", stamp(BOB, 1, 5))
                        .write("a", stamp(ALICE, 1, 5))
                        .or(""))
                .isEqualTo("b");
    }

    @Test
    void theSecondWriteWithinOneOperationReplacesTheFirst() {
        Stamp stamp = stamp(ALICE, 1, 5);

        assertThat(LatestRegister.<String>empty()
                        .write("a", stamp)
                        .write("b", stamp)
                        .or(""))
                .isEqualTo("b");
        ConflictRegister<String> register =
                ConflictRegister.<String>empty().write("a", stamp).write("b", stamp);
        assertThat(register.or("")).isEqualTo("b");
        assertThat(register.writes()).hasSize(1);
    }

    @Test
    void aConflictRegisterKeepsWhatTheAuthorHadNotSeen() {
        Copy<ConflictRegister<String>> empty = new Copy<>(ConflictRegister.empty(), VersionVector.EMPTY);
        Copy<ConflictRegister<String>> alice = empty.write(ALICE, 1, (part, stamp) -> part.write("a", stamp));
        Copy<ConflictRegister<String>> bob = empty.write(BOB, 2, (part, stamp) -> part.write("b", stamp));

        Copy<ConflictRegister<String>> both = alice.merge(bob);
        assertThat(both.part().or("")).isEqualTo("b");
        assertThat(both.part().losers()).extracting(Written::value).containsExactly("a");

        Copy<ConflictRegister<String>> settled = both.write(ALICE, 3, (part, stamp) -> part.write("c", stamp));
        assertThat(settled.merge(bob).merge(alice).part().writes())
                .extracting(Written::value)
                .containsExactly("c");
    }

    @Test
    void anAdditionThatTheRemoverHadNotSeenStays() {
        Copy<AddWinsMap<String, Integer>> both = new Copy<>(AddWinsMap.<String, Integer>empty(), VersionVector.EMPTY)
                .write(ALICE, 1, (part, stamp) -> part.put("k", 1, stamp));
        Copy<AddWinsMap<String, Integer>> removed = both.write(ALICE, 2, (part, stamp) -> part.remove("k", stamp));
        Copy<AddWinsMap<String, Integer>> added = both.write(BOB, 1, (part, stamp) -> part.put("k", 2, stamp));

        assertThat(removed.part().contains("k")).isFalse();
        assertThat(removed.merge(added).part().get("k")).contains(2);
        assertThat(removed.merge(both).part().contains("k")).isFalse();
    }
}
