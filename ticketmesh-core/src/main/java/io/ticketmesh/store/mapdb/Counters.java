package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts tickets as they change. Thread-safe: the writer counts, any thread asks. */
final class Counters {
    private static final Set<Field> COUNTED =
            new TreeSet<>(Set.of(Field.STATUS, Field.PRIORITY, Field.ASSIGNEE, Field.QUEUE, Field.TYPE));
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private final SortedMap<Field, SortedMap<String, Long>> byField = new TreeMap<>();
    private final SortedMap<String, SortedMap<Long, Long>> createdByDay = new TreeMap<>();

    /** All priorities that a ticket ever had: a sorted list goes from rank to rank. */
    private final Set<Priority> priorities = new TreeSet<>();

    private long living;
    private long deleted;
    private @Nullable TicketCounts counts;

    Counters() {
        COUNTED.forEach(field -> byField.put(field, new TreeMap<>()));
    }

    synchronized void change(@Nullable Ticket before, @Nullable Ticket after) {
        counts = null;
        if (before != null) {
            count(before, -1);
        }
        if (after != null) {
            count(after, 1);
        }
    }

    private void count(Ticket ticket, long amount) {
        Long created = Criterion.TimeField.CREATED.valueOf(ticket);
        if (created == null) {
            return;
        }
        priorities.add(ticket.priority().or(Priority.NORMAL));
        if (ticket.isDeleted()) {
            deleted += amount;
            return;
        }
        living += amount;
        byField.forEach((field, values) -> field.valuesOf(ticket).forEach(value -> add(values, value, amount)));
        String status = Field.STATUS.valuesOf(ticket).iterator().next();
        SortedMap<Long, Long> days = createdByDay.computeIfAbsent(status, name -> new TreeMap<>());
        add(days, Math.floorDiv(created, DAY_MILLIS), amount);
        if (days.isEmpty()) {
            createdByDay.remove(status);
        }
    }

    private static <K> void add(Map<K, Long> counts, K key, long amount) {
        counts.merge(key, amount, (one, two) -> one + two == 0 ? null : one + two);
    }

    synchronized TicketCounts counts() {
        TicketCounts known = counts;
        if (known == null) {
            known = new TicketCounts(living, deleted, byField, createdByDay);
            counts = known;
        }
        return known;
    }

    synchronized long living() {
        return living;
    }

    synchronized long deleted() {
        return deleted;
    }

    static boolean isCounted(Field field) {
        return COUNTED.contains(field);
    }

    /** How many living tickets have one of the values. */
    synchronized long living(Field field, Set<String> values) {
        Map<String, Long> counted = byField.getOrDefault(field, new TreeMap<>());
        return values.stream()
                .mapToLong(value -> counted.getOrDefault(value, 0L))
                .sum();
    }

    /** All values that living tickets have in a counted field. */
    synchronized Set<String> values(Field field) {
        return Set.copyOf(byField.getOrDefault(field, new TreeMap<>()).keySet());
    }

    /** All priorities that a ticket ever had, by rank. */
    synchronized Set<Priority> priorities() {
        return new TreeSet<>(priorities);
    }

    synchronized void write(DataOutputStream out) throws IOException {
        out.writeLong(living);
        out.writeLong(deleted);
        out.writeInt(priorities.size());
        for (Priority priority : priorities) {
            out.writeInt(priority.rank());
            out.writeUTF(priority.name());
        }
        out.writeInt(byField.size());
        for (Map.Entry<Field, SortedMap<String, Long>> field : byField.entrySet()) {
            out.writeUTF(field.getKey().name());
            out.writeInt(field.getValue().size());
            for (Map.Entry<String, Long> value : field.getValue().entrySet()) {
                out.writeUTF(value.getKey());
                out.writeLong(value.getValue());
            }
        }
        out.writeInt(createdByDay.size());
        for (Map.Entry<String, SortedMap<Long, Long>> status : createdByDay.entrySet()) {
            out.writeUTF(status.getKey());
            out.writeInt(status.getValue().size());
            for (Map.Entry<Long, Long> day : status.getValue().entrySet()) {
                out.writeLong(day.getKey());
                out.writeLong(day.getValue());
            }
        }
    }

    synchronized void read(DataInputStream input) throws IOException {
        living = input.readLong();
        deleted = input.readLong();
        for (int left = input.readInt(); left > 0; left--) {
            priorities.add(new Priority(input.readInt(), input.readUTF()));
        }
        for (int fields = input.readInt(); fields > 0; fields--) {
            Map<String, Long> values = byField.computeIfAbsent(Field.valueOf(input.readUTF()), name -> new TreeMap<>());
            for (int left = input.readInt(); left > 0; left--) {
                values.put(input.readUTF(), input.readLong());
            }
        }
        for (int statuses = input.readInt(); statuses > 0; statuses--) {
            Map<Long, Long> days = createdByDay.computeIfAbsent(input.readUTF(), name -> new TreeMap<>());
            for (int left = input.readInt(); left > 0; left--) {
                days.put(input.readLong(), input.readLong());
            }
        }
    }
}
