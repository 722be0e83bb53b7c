package io.ticketmesh.store.mapdb;

/** The rows of other postings whose places lie in a range, both ends included. */
final class RangePostings implements Postings {
    private final Postings rows;
    private final long first;
    private final long last;
    private final long[] wanted = new long[WIDTH];

    RangePostings(Postings rows, long first, long last) {
        this.rows = rows;
        this.first = first;
        this.last = last;
    }

    @Override
    public boolean ceiling(long[] from, long[] row) {
        Rows.copy(from[0] < first ? Rows.first(first) : from, wanted);
        return first <= last && rows.ceiling(wanted, row) && row[0] <= last;
    }

    @Override
    public boolean floor(long[] from, long[] row) {
        Rows.copy(from[0] > last ? Rows.last(last) : from, wanted);
        return first <= last && rows.floor(wanted, row) && row[0] >= first;
    }

    @Override
    public long count(long most) {
        return rows instanceof ListPostings list ? list.countBetween(first, last, most) : Postings.super.count(most);
    }
}
