package io.ticketmesh.store;

class MemoryStoreContractTest extends ReplicaStoreContract {
    @Override
    protected ReplicaStore open() {
        return new MemoryStore(RandomCommits.NODE);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
