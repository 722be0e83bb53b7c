package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DBMaker;

class KeyTableTest {
    private static final int BUCKETS = 4;
    private static final TicketKey LOWEST = TicketKey.first("0");
    private static final TicketKey HIGHEST = TicketKey.last("Z");

    private final Nodes nodes = new Nodes(DBMaker.memoryDB().make().getStore());
    private final PackedTree tree = PackedTree.create(nodes, 3, 0);
    private final TreeSet<TicketId> model = new TreeSet<>(
            Comparator.comparing((TicketId id) -> id.key().bits()).thenComparing(Comparator.naturalOrder()));
    private KeyTable table = new KeyTable(tree, nodes, BUCKETS, 0);

    /** The log: which ticket each entry changed, from 1 on. */
    private final List<TicketId> log = new ArrayList<>();

    KeyTableTest() {
        nodes.show();
    }

    private void change(TicketId ticket) {
        log.add(ticket);
        if (model.add(ticket)) {
            table.add(ticket);
        }
    }

    private void remove(TicketId ticket) {
        log.add(ticket);
        model.remove(ticket);
        table.remove(ticket);
        nodes.show();
    }

    private void commit() {
        table.advance(log.size());
    }

    private static TicketId random(Random random) {
        return new TicketId(random.nextLong(), random.nextLong());
    }

    private List<TicketId> between(TicketKey first, TicketKey last, int max) {
        return table.between(first, last, max, id -> true);
    }

    private List<TicketId> settled() {
        List<TicketId> settled = new ArrayList<>();
        TreeCursor cursor = tree.cursor();
        for (boolean more = cursor.ceiling(0, Long.MIN_VALUE, Long.MIN_VALUE); more; more = cursor.next()) {
            settled.add(Ids.ticket(cursor.cell(1), cursor.cell(2)));
        }
        return settled;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void findsWhatCameAndDidNotGoInTheOrderOfKeys(long seed) {
        Random random = new Random(seed);
        for (int commit = 0; commit < 200; commit++) {
            for (int i = random.nextInt(1 + random.nextInt(30)); i >= 0; i--) {
                if (random.nextInt(4) > 0 || model.isEmpty()) {
                    change(random(random));
                } else if (random.nextBoolean()) {
                    change(log.get(random.nextInt(log.size())));
                } else {
                    remove(model.first());
                }
            }
            commit();
            long one = random.nextLong() >>> 24;
            long other = random.nextLong() >>> 24;
            TicketKey first = new TicketKey(Math.min(one, other));
            TicketKey last = new TicketKey(Math.max(one, other));
            int max = 1 + random.nextInt(40);
            assertThat(between(first, last, max)).isEqualTo(expected(first, last, max));
            assertThat(between(LOWEST, HIGHEST, Integer.MAX_VALUE)).containsExactlyElementsOf(model);
        }
        assertThat(settled()).hasSizeGreaterThan(100);
    }

    private List<TicketId> expected(TicketKey first, TicketKey last, int max) {
        return model.stream()
                .filter(id -> id.key().bits() >= first.bits() && id.key().bits() <= last.bits())
                .limit(max)
                .toList();
    }

    @Test
    void onlyTicketsThatAreWantedCount() {
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            change(random(random));
            commit();
        }
        List<TicketId> wanted = model.stream().filter(id -> id.low() % 3 == 0).toList();
        assertThat(table.between(LOWEST, HIGHEST, 10, id -> id.low() % 3 == 0)).isEqualTo(wanted.subList(0, 10));
        assertThat(table.between(LOWEST, HIGHEST, 1_000, id -> id.low() % 3 == 0))
                .isEqualTo(wanted);
    }

    /** As at open, with the tree as it was left, and whatever size the commits had. */
    private void reopen() {
        table = new KeyTable(tree, nodes, BUCKETS, log.size());
        long after = KeyTable.unsettledAfter(log.size(), BUCKETS);
        log.subList((int) after, log.size()).stream().filter(model::contains).forEach(table::add);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void whatWasNotSettledIsGatheredAgainFromTheChanges(long seed) {
        Random random = new Random(seed);
        for (int opened = 0; opened < 60; opened++) {
            for (int commits = random.nextInt(6); commits > 0; commits--) {
                for (int i = random.nextInt(1 + random.nextInt(90)); i >= 0; i--) {
                    if (random.nextInt(3) > 0 || model.isEmpty()) {
                        change(random(random));
                    } else if (random.nextInt(4) > 0) {
                        change(log.get(random.nextInt(log.size())));
                    } else {
                        remove(model.last());
                    }
                }
                commit();
            }
            reopen();
            assertThat(between(LOWEST, HIGHEST, Integer.MAX_VALUE)).containsExactlyElementsOf(model);
        }
    }

    @Test
    void aKeyIsInMemoryForAsManyEntriesAsThereAreBucketsTimesThePace() {
        Random random = new Random(17);
        for (int entry = 1; entry <= 500; entry++) {
            change(random(random));
            commit();
            if (entry % 7 == 0) {
                reopen();
            }
            long after = KeyTable.unsettledAfter(entry, BUCKETS);
            assertThat(entry - after).isBetween(0L, (long) BUCKETS * KeyTable.PACE);
            assertThat(settled()).containsAll(log.subList(0, (int) after));
            assertThat(table.gathered()).isBetween(0, BUCKETS * KeyTable.PACE);
        }
        assertThat(settled()).hasSizeLessThan(500);
        table.settle();
        assertThat(settled()).hasSize(500);
        assertThat(table.gathered()).isZero();
    }

    @Test
    void aTicketThatChangesAllTheTimeIsGatheredOnce() {
        TicketId ticket = new TicketId(1, 2);
        for (int entry = 0; entry < 100_000; entry++) {
            log.add(ticket);
            table.add(ticket);
        }
        assertThat(table.gathered()).isEqualTo(1);
        assertThat(between(ticket.key(), ticket.key(), 5)).isEqualTo(List.of(ticket));
    }

    @Test
    void aReaderBesideTheWriterMissesNoneOnItsWayIntoTheTree() throws InterruptedException {
        Random random = new Random(19);
        List<TicketId> ids =
                IntStream.range(0, 20_000).mapToObj(i -> random(random)).toList();
        AtomicInteger added = new AtomicInteger();
        AtomicInteger looked = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            Random choice = new Random(23);
            try {
                for (int known = 0; known < ids.size(); known = added.get()) {
                    TicketId id = ids.get(Math.max(0, known - 1 - choice.nextInt(60)));
                    if (known > 0) {
                        assertThat(between(id.key(), id.key(), 5)).isEqualTo(List.of(id));
                        looked.incrementAndGet();
                    }
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();
        for (TicketId id : ids) {
            change(id);
            added.incrementAndGet();
            commit();
        }
        reader.join();
        assertThat(failure.get()).isNull();
        assertThat(looked.get()).isPositive();
        assertThat(Set.copyOf(between(LOWEST, HIGHEST, Integer.MAX_VALUE))).hasSize(ids.size());
    }
}
