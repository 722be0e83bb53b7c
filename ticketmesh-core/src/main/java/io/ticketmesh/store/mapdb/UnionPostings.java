package io.ticketmesh.store.mapdb;

import java.util.List;

/** The rows of any of several postings. */
final class UnionPostings implements Postings {
    private final List<Postings> parts;
    private final long[] wanted = new long[WIDTH];
    private final long[] found = new long[WIDTH];

    UnionPostings(List<Postings> parts) {
        this.parts = parts;
    }

    static Postings of(List<Postings> parts) {
        return parts.size() == 1 ? parts.get(0) : new UnionPostings(parts);
    }

    @Override
    public boolean ceiling(long[] from, long[] row) {
        return nearest(from, row, true);
    }

    @Override
    public boolean floor(long[] from, long[] row) {
        return nearest(from, row, false);
    }

    private boolean nearest(long[] from, long[] row, boolean up) {
        Rows.copy(from, wanted);
        boolean any = false;
        for (Postings part : parts) {
            if (up ? part.ceiling(wanted, found) : part.floor(wanted, found)) {
                if (!any || (Rows.compare(found, row) < 0) == up) {
                    Rows.copy(found, row);
                }
                any = true;
            }
        }
        return any;
    }
}
