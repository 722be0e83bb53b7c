package io.ticketmesh.store.mapdb;

import java.util.List;

/** The rows that several postings have in common, found by leaping from the one that is ahead to the others. */
final class IntersectionPostings implements Postings {
    private final List<Postings> parts;
    private final long[] found = new long[WIDTH];

    IntersectionPostings(List<Postings> parts) {
        this.parts = parts;
    }

    static Postings of(List<Postings> parts) {
        return parts.size() == 1 ? parts.get(0) : new IntersectionPostings(parts);
    }

    @Override
    public boolean ceiling(long[] from, long[] row) {
        return meet(from, row, true);
    }

    @Override
    public boolean floor(long[] from, long[] row) {
        return meet(from, row, false);
    }

    private boolean meet(long[] from, long[] row, boolean up) {
        Rows.copy(from, row);
        int agreed = 0;
        for (int i = 0; agreed < parts.size(); i = (i + 1) % parts.size()) {
            Postings part = parts.get(i);
            if (!(up ? part.ceiling(row, found) : part.floor(row, found))) {
                return false;
            }
            agreed = Rows.compare(found, row) == 0 ? agreed + 1 : 1;
            Rows.copy(found, row);
        }
        return true;
    }
}
