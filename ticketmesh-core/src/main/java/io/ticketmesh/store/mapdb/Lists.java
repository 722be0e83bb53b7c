package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.Ticket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the lists in the index, and which of them a ticket stands in. A name is a 64-bit hash of family, field, value and
 * whether the tickets are deleted, keyed with the node's id; deleted tickets have lists of their own, so that they cost nothing
 * where they are not wanted.
 *
 * <p>Two lists of one name are mixed into one. Whoever reads a list therefore checks each ticket. Thread-safe.
 */
final class Lists {
    /** Longs of an index entry: name, place, id. */
    static final int KEY_WIDTH = 4;

    private static final String ALL = "all";
    private static final String CONFLICT = "conflict";
    private static final String CREATOR = "creator";
    private static final Criterion.HasConflict HAS_CONFLICT = new Criterion.HasConflict(false);

    /** The families that list the tickets which concern a person. */
    private static final List<Family> CONCERNED =
            Arrays.stream(Family.values()).filter(Family::listsConcerns).toList();

    private static final Map<Field, List<Family>> FAMILIES = new EnumMap<>(Field.class);

    static {
        for (Field field : Family.CREATED.fields()) {
            FAMILIES.put(
                    field,
                    Arrays.stream(Family.values())
                            .filter(family -> family.fields().contains(field))
                            .toList());
        }
    }

    private final NodeId node;

    Lists(NodeId node) {
        this.node = node;
    }

    /** The list of all tickets. */
    long all(Family family, boolean deleted) {
        return name(base(ALL, ""), family, deleted);
    }

    /** The list of the tickets that have {@code value} in {@code field}. */
    long having(Family family, Field field, String value, boolean deleted) {
        return name(base(field.name(), value), family, deleted);
    }

    /** The list of the tickets with a conflict. */
    long conflicts(Family family, boolean deleted) {
        return name(base(CONFLICT, ""), family, deleted);
    }

    /** The lists of the tickets that concern a person; the last is of those that he created and that concern him in no other way. */
    List<Long> concerning(Family family, String person, boolean deleted) {
        return List.of(
                having(family, Field.REPORTER, person, deleted),
                having(family, Field.WATCHER, person, deleted),
                name(base(CREATOR, person), family, deleted));
    }

    /** The index entries of a ticket, one behind the other; none for a ticket that is not born. */
    long[] entriesOf(Ticket ticket) {
        if (!ticket.isBorn()) {
            return new long[0];
        }
        Entries entries = new Entries(ticket);
        entries.add(base(ALL, ""), List.of(Family.values()));
        FAMILIES.forEach((field, families) -> {
            for (String value : field.valuesOf(ticket)) {
                if (!value.isEmpty() || field != Field.EXTERNAL_ID) {
                    entries.add(base(field.name(), value), families);
                }
            }
        });
        if (HAS_CONFLICT.matches(ticket, List::of)) {
            entries.add(base(CONFLICT, ""), List.of(Family.CREATED, Family.UPDATED));
        }
        String creator = Criterion.Concerns.creatorOnly(ticket);
        if (creator != null) {
            entries.add(base(CREATOR, creator), CONCERNED);
        }
        return entries.toArray();
    }

    private long base(String field, String value) {
        return new Fingerprint()
                .add(node.high())
                .add(node.low())
                .add(field)
                .add(value)
                .value();
    }

    private static long name(long base, Family family, boolean deleted) {
        long mixed = (base + 2L * family.number() + (deleted ? 1 : 0)) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }

    private static final class Entries {
        private final boolean deleted;
        private final long high;
        private final long low;
        private final long[] places = new long[Family.values().length + 1];
        private long[] cells = new long[32 * KEY_WIDTH];
        private int size;

        Entries(Ticket ticket) {
            deleted = ticket.isDeleted();
            high = Ids.high(ticket.id());
            low = Ids.low(ticket.id());
            for (Family family : Family.values()) {
                places[family.number()] = family.place(ticket);
            }
        }

        void add(long base, List<Family> families) {
            for (Family family : families) {
                if (size == cells.length) {
                    cells = Arrays.copyOf(cells, 2 * size);
                }
                cells[size] = name(base, family, deleted);
                cells[size + 1] = places[family.number()];
                cells[size + 2] = high;
                cells[size + 3] = low;
                size += KEY_WIDTH;
            }
        }

        long[] toArray() {
            return Arrays.copyOf(cells, size);
        }
    }
}
