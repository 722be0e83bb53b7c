package io.ticketmesh.store.log;

/**
 * What an open has cut off: frames that a crash had left half written, and that nobody was ever told to be durable.
 *
 * @param file the last segment
 * @param offset where its valid frames end
 * @param bytes how many bytes behind that were cleared
 * @param nextIndex the index that the next append will begin with
 */
public record TornTail(String file, int offset, int bytes, long nextIndex) {
    @Override
    public String toString() {
        return "cut off " + bytes + " bytes of an unfinished write in " + file + " at offset " + offset
                + "; the log goes on with index " + nextIndex;
    }
}
