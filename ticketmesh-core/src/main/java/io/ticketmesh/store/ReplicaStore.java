package io.ticketmesh.store;

/** Where a replica keeps what it knows. */
public interface ReplicaStore extends ReplicaReader, AutoCloseable {
    /**
     * Makes a commit durable and visible. Only the replica thread calls, one call at a time; it waits for the disk and nothing
     * else. When it returns the commit survives a crash; after a crash before that, all of it is there or none.
     *
     * @throws StoreFailedException when the disk failed; the store takes no further commits then and whether this one survives a
     *     restart is open
     */
    void commit(Commit commit);

    /**
     * Does what is left to do of the newest commit. Nothing depends on it: whoever reads meanwhile sees the commit, if need be by
     * doing that work himself. So the replica thread calls this when the answers are out, that they need not wait for it.
     *
     * @throws StoreFailedException when that failed; the commit is durable all the same, but the store cannot be used any more
     */
    default void finishCommit() {}

    /** Lets go of files and threads; a second call does nothing. */
    @Override
    void close();
}
