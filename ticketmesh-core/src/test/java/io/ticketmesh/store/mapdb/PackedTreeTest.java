package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DBMaker;
import org.mapdb.Store;

class PackedTreeTest {
    private final Nodes nodes = nodes(DBMaker.memoryDB().make().getStore());

    Nodes nodes(Store store) {
        return new Nodes(store);
    }

    private void commit() {
        nodes.show();
        nodes.writeOldest();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsWhatASortedMapHoldsWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        PackedTree tree = PackedTree.create(nodes, 2, 1);
        commit();
        TreeMap<List<Long>, Long> model = new TreeMap<>(PackedTreeTest::compare);
        for (int round = 0; round < 60; round++) {
            int mode = random.nextInt(5);
            for (int i = random.nextInt(400); i > 0; i--) {
                change(tree, model, random, mode, round);
            }
            commit();
            if (round % 10 == 9) {
                assertHolds(tree, model, random);
                assertWellFormed(tree);
            }
        }
    }

    private static void change(PackedTree tree, TreeMap<List<Long>, Long> model, Random random, int mode, int round) {
        if (mode < 3) {
            long first = mode == 0 ? random.nextInt(20) : mode == 1 ? round : -round;
            long second = mode == 0 ? extreme(random) : random.nextInt(1_000);
            long value = random.nextLong();
            tree.put(first, second, value);
            model.put(List.of(first, second), value);
        } else if (!model.isEmpty()) {
            List<Long> near = List.of(mode == 3 ? Long.MIN_VALUE : (long) random.nextInt(20), extreme(random));
            List<Long> key = model.ceilingKey(near);
            if (key != null) {
                assertThat(tree.remove(key.get(0), key.get(1))).isTrue();
                model.remove(key);
            }
            assertThat(tree.remove(500, 500)).isFalse();
        }
    }

    private static long extreme(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(5_000);
        };
    }

    private static int compare(List<Long> one, List<Long> two) {
        int first = one.get(0).compareTo(two.get(0));
        return first != 0 ? first : one.get(1).compareTo(two.get(1));
    }

    private static void assertHolds(PackedTree tree, TreeMap<List<Long>, Long> model, Random random) {
        assertThat(upwards(tree)).isEqualTo(new ArrayList<>(model.keySet()));
        List<List<Long>> falling = downwards(tree);
        Collections.reverse(falling);
        assertThat(falling).isEqualTo(new ArrayList<>(model.keySet()));
        for (int i = 0; i < 300; i++) {
            List<Long> key = List.of((long) random.nextInt(60) - 30, extreme(random));
            TreeCursor cursor = tree.cursor();
            long[] cells = {key.get(0), key.get(1)};
            List<Long> above = model.ceilingKey(key);
            assertThat(cursor.ceiling(cells) ? key(cursor) : null).isEqualTo(above);
            List<Long> below = model.floorKey(key);
            assertThat(cursor.floor(cells) ? key(cursor) : null).isEqualTo(below);
            Long value = model.get(key);
            assertThat(tree.get(cells)).isEqualTo(value == null ? null : new long[] {cells[0], cells[1], value});
            if (above != null) {
                cursor.ceiling(cells);
                long[] last = {key.get(0) + random.nextInt(3), extreme(random)};
                int expected = compare(List.of(last[0], last[1]), key) < 0
                        ? 0
                        : model.subMap(key, true, List.of(last[0], last[1]), true)
                                .size();
                assertThat(cursor.count(last, Long.MAX_VALUE)).isEqualTo(expected);
            }
        }
    }

    private static List<Long> key(TreeCursor cursor) {
        return List.of(cursor.cell(0), cursor.cell(1));
    }

    private static List<List<Long>> upwards(PackedTree tree) {
        List<List<Long>> keys = new ArrayList<>();
        TreeCursor cursor = tree.cursor();
        boolean more = cursor.ceiling(Long.MIN_VALUE, Long.MIN_VALUE);
        while (more) {
            keys.add(key(cursor));
            more = cursor.next();
        }
        return keys;
    }

    private static List<List<Long>> downwards(PackedTree tree) {
        List<List<Long>> keys = new ArrayList<>();
        TreeCursor cursor = tree.cursor();
        long[] from = {Long.MAX_VALUE, Long.MAX_VALUE};
        while (cursor.floor(from)) {
            keys.add(key(cursor));
            from = new long[] {cursor.cell(0), cursor.cell(1)};
            if (from[1] == Long.MIN_VALUE) {
                from = new long[] {from[0] - 1, Long.MAX_VALUE};
            } else {
                from[1]--;
            }
        }
        return keys;
    }

    /** The nodes that the parents name are the chain of the level, and their bounds fit. Returns the number of leaves. */
    private static int assertWellFormed(PackedTree tree) {
        List<Node> level = List.of(tree.readRoot());
        while (true) {
            for (int i = 0; i < level.size(); i++) {
                Node node = level.get(i);
                Node next = i + 1 < level.size() ? level.get(i + 1) : null;
                assertThat(node.right).isEqualTo(next == null ? 0 : next.record);
                assertThat(node.high == null).isEqualTo(next == null);
                if (node.high != null && node.count > 0) {
                    assertThat(node.compare(node.count - 1, node.high)).isNegative();
                }
            }
            if (level.get(0).isLeaf()) {
                return level.size();
            }
            List<Node> below = new ArrayList<>();
            for (Node node : level) {
                for (int i = 0; i < node.count; i++) {
                    Node child = tree.read(node.child(i));
                    if (!below.isEmpty()) {
                        assertThat(below.get(below.size() - 1).high).isEqualTo(node.key(i));
                    }
                    below.add(child);
                }
            }
            level = below;
        }
    }

    @Test
    void aListWhoseRowsKeepLeavingStaysAsSmallAsItIs() {
        PackedTree tree = PackedTree.create(nodes, 2, 0);
        commit();
        int living = 200;
        for (int i = 0; i < 60_000; i++) {
            tree.put(7, -i);
            if (i >= living) {
                assertThat(tree.remove(7, living - i)).isTrue();
            }
            if (i % 64 == 0) {
                commit();
            }
        }
        commit();
        assertThat(upwards(tree)).hasSize(living);
        assertThat(assertWellFormed(tree)).isLessThan(30);
    }

    @Test
    void runsOfRisingOrFallingKeysFillTheirNodes() {
        for (int direction : new int[] {1, -1}) {
            PackedTree tree = PackedTree.create(nodes, 2, 0);
            for (int i = 0; i < 10_000; i++) {
                tree.put(i % 3, (long) direction * i);
            }
            commit();
            assertThat(assertWellFormed(tree)).isLessThan(10_000 / Node.MAX_ENTRIES * 5 / 4);
        }
    }

    @Test
    void readersNeverMissWhatStaysWhileTheWriterSplitsAndUnlinks() throws InterruptedException {
        PackedTree tree = PackedTree.create(nodes, 2, 0);
        for (long i = 0; i < 3_000; i++) {
            tree.put(i * 100, 0);
        }
        commit();
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            boolean up = reader == 0;
            readers.add(new Thread(() -> {
                try {
                    do {
                        long[] staying = (up ? upwards(tree) : downwards(tree))
                                .stream()
                                        .filter(key -> key.get(1) == 0)
                                        .mapToLong(key -> key.get(0) / 100)
                                        .toArray();
                        long[] expected = new long[3_000];
                        Arrays.setAll(expected, i -> up ? i : 2_999 - i);
                        assertThat(staying).isEqualTo(expected);
                    } while (!done.get());
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        readers.forEach(Thread::start);
        Random random = new Random(9);
        for (int round = 0; round < 30; round++) {
            long base = random.nextInt(3_000) * 100L;
            for (int i = 0; i < 2_000; i++) {
                tree.put(base + i / 40, 1 + i % 40);
                if (i % 100 == 0) {
                    commit();
                }
            }
            for (int i = 0; i < 2_000; i++) {
                tree.remove(base + i / 40, 1 + i % 40);
                if (i % 100 == 0) {
                    commit();
                }
            }
            commit();
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
    }

    @Test
    void givesItsRecordsBackWhenDropped() {
        PackedTree tree = PackedTree.create(nodes, 2, 6);
        for (int i = 0; i < 5_000; i++) {
            tree.put(i, 0, 1, 2, 3, 4, 5, 6);
        }
        commit();
        long[] records = new long[200];
        int count = 0;
        for (Node leaf = leftmost(tree); leaf != null; leaf = leaf.right == 0 ? null : tree.read(leaf.right)) {
            records[count++] = leaf.record;
        }
        tree.drop();
        PackedTree other = PackedTree.create(nodes, 2, 6);
        commit();
        assertThat(Arrays.copyOf(records, count)).contains(other.root());
        assertThat(other.get(1, 0)).isNull();
    }

    private static Node leftmost(PackedTree tree) {
        Node node = tree.readRoot();
        while (!node.isLeaf()) {
            node = tree.read(node.child(0));
        }
        return node;
    }
}
