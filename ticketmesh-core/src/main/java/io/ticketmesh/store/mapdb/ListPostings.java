package io.ticketmesh.store.mapdb;

/** One list of the index. */
final class ListPostings implements Postings {
    private final TreeCursor cursor;
    private final long name;

    ListPostings(PackedTree index, long name) {
        this.cursor = index.cursor();
        this.name = name;
    }

    @Override
    public boolean ceiling(long[] from, long[] row) {
        return cursor.ceiling(name, from[0], from[1], from[2]) && take(row);
    }

    @Override
    public boolean floor(long[] from, long[] row) {
        return cursor.floor(name, from[0], from[1], from[2]) && take(row);
    }

    private boolean take(long[] row) {
        if (cursor.cell(0) != name) {
            return false;
        }
        row[0] = cursor.cell(1);
        row[1] = cursor.cell(2);
        row[2] = cursor.cell(3);
        return true;
    }

    @Override
    public long count(long most) {
        return countBetween(Long.MIN_VALUE, Long.MAX_VALUE, most);
    }

    /** How many rows there are from one place to another, both included. */
    long countBetween(long first, long last, long most) {
        boolean found = cursor.ceiling(KeyRange.first(Lists.KEY_WIDTH, name, first));
        return found ? cursor.count(KeyRange.last(Lists.KEY_WIDTH, name, last), most) : 0;
    }
}
