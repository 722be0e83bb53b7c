package io.ticketmesh.transport.jgroups;

import io.ticketmesh.wire.MessageCodec;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of large parcels together. Pieces of one member come in order, one parcel after the other, so one parcel for
 * each member is enough; a piece that does not continue it is dropped with it. It grows as pieces come, not as they announce, and
 * when all of them hold more than {@link #MAX_BYTES} the one that was continued longest ago is dropped. Thread-safe.
 */
final class Pieces {
    static final int MAX_PARCEL_BYTES = MessageCodec.MAX_BYTES;

    static final int MAX_PARCELS = 64;

    /** The most bytes of all unfinished parcels together: 32 MiB. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Those that were continued last come last. */
    private final Map<Address, Partial> partials = new LinkedHashMap<>();

    /** The whole parcel when this was its last piece. */
    synchronized byte @Nullable [] add(Address from, Frame.Piece piece) {
        Partial partial = partials.remove(from);
        if (piece.position() == 0 && piece.total() > 0 && piece.total() <= MAX_PARCEL_BYTES) {
            partial = new Partial(piece.number(), piece.total(), new ByteArrayOutputStream(piece.length()));
        }
        if (partial == null || !partial.continuesWith(piece)) {
            return null;
        }
        partial.bytes.write(piece.bytes(), piece.offset(), piece.length());
        if (partial.bytes.size() == partial.total) {
            return partial.bytes.toByteArray();
        }
        partials.put(from, partial);
        Iterator<Partial> eldest = partials.values().iterator();
        while (partials.size() > MAX_PARCELS || bytes() > MAX_BYTES) {
            eldest.next();
            eldest.remove();
        }
        return null;
    }

    private long bytes() {
        return partials.values().stream()
                .mapToLong(partial -> partial.bytes.size())
                .sum();
    }

    /** Forgets the pieces of those who left. */
    synchronized void retain(Collection<Address> members) {
        partials.keySet().retainAll(members);
    }

    private record Partial(long number, int total, ByteArrayOutputStream bytes) {
        boolean continuesWith(Frame.Piece piece) {
            return piece.number() == number
                    && piece.total() == total
                    && piece.position() == bytes.size()
                    && piece.length() > 0
                    && piece.length() <= total - bytes.size();
        }
    }
}
