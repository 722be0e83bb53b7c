package io.ticketmesh.store;

class MemoryStoreTest extends ReplicaStoreContract {
    @Override
    protected ReplicaStore open() {
        return new MemoryStore(RandomCommits.NODE);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
