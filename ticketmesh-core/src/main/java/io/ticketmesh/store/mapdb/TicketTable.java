package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.wire.WireCodec;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The tickets by id, with a few thousand of them kept decoded. Reading is for any thread, all else for the writer. */
final class TicketTable {
    private static final int CACHED_BITS = 11;
    private static final int CACHED = 1 << CACHED_BITS;

    /** Larger ones are not kept decoded, which bounds the caches to about 50 MB. */
    private static final int MAX_CACHED_BYTES = 4096;

    private final PackedTree records;
    private final Records values;
    private final WireCodec codec;

    /** What was written last: who follows the changes finds it here, whatever others read meanwhile. */
    private final AtomicReferenceArray<@Nullable Kept> written = new AtomicReferenceArray<>(CACHED);

    /** What was read last. See {@link Nodes} for the rule that keeps old versions out. */
    private final AtomicReferenceArray<@Nullable Kept> read = new AtomicReferenceArray<>(CACHED);

    /** Without id: nothing, but other than what a reader has seen there before. */
    private record Kept(@Nullable TicketId id, @Nullable Ticket ticket) {}

    TicketTable(PackedTree records, Records values, WireCodec codec) {
        this.records = records;
        this.values = values;
        this.codec = codec;
    }

    Optional<Ticket> get(TicketId id) {
        int place = place(id);
        Kept seen =
                read.get(place); // first, so that what is written from now on is never covered by what is read below
        Kept kept = written.get(place);
        if (kept != null && id.equals(kept.id)) {
            return Optional.ofNullable(kept.ticket);
        }
        if (seen != null && id.equals(seen.id)) {
            return Optional.ofNullable(seen.ticket);
        }
        long[] entry = records.get(Ids.high(id), Ids.low(id));
        byte[] bytes = entry == null ? null : values.read(entry[2]);
        if (bytes == null) {
            return Optional.empty();
        }
        Ticket ticket = codec.decodeTicket(bytes);
        if (bytes.length <= MAX_CACHED_BYTES) {
            read.compareAndSet(place, seen, new Kept(id, ticket));
        }
        return Optional.of(ticket);
    }

    private static int place(TicketId id) {
        return (int) ((id.low() * 0x9E3779B97F4A7C15L + id.high() * 0xC2B2AE3D27D4EB4FL) >>> 64 - CACHED_BITS);
    }

    /** The record of a ticket; 0 when it has none. */
    long record(TicketId id) {
        long[] entry = records.current(Ids.high(id), Ids.low(id));
        return entry == null ? 0 : entry[2];
    }

    /** Writes a ticket of which there is none yet; to be found once the nodes are shown. */
    void add(Ticket ticket, byte[] bytes) {
        records.put(Ids.high(ticket.id()), Ids.low(ticket.id()), values.add(bytes));
    }

    /** Replaces a ticket at once. */
    void replace(long record, Ticket ticket, byte[] bytes) {
        values.replace(record, bytes);
        keep(ticket, bytes.length);
    }

    /** Keeps a ticket that can be found now. */
    void keep(Ticket ticket, int bytes) {
        boolean small = bytes <= MAX_CACHED_BYTES;
        keep(place(ticket.id()), small ? new Kept(ticket.id(), ticket) : new Kept(null, null));
    }

    void remove(TicketId id, long record) {
        records.remove(Ids.high(id), Ids.low(id));
        values.empty(record);
        keep(place(id), new Kept(id, null));
    }

    private void keep(int place, Kept newest) {
        written.set(place, newest);
        read.set(place, new Kept(null, null));
    }

    TreeCursor byId() {
        return records.cursor();
    }
}
