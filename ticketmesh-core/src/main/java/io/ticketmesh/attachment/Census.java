package io.ticketmesh.attachment;

/**
 * What a look over all attachments of tickets found; the same bytes count once.
 *
 * @param kept how many of them are here
 * @param keptBytes how many bytes those have
 * @param missing how many are not
 */
record Census(long kept, long keptBytes, long missing) {
    static final Census NONE = new Census(0, 0, 0);

    Census with(long bytes) {
        return new Census(kept + 1, keptBytes + bytes, missing);
    }

    Census without() {
        return new Census(kept, keptBytes, missing + 1);
    }
}
