package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.store.ReplicaStoreContract;

/** With checkpoints that come often and in the middle of everything. */
class MapDbStoreTest extends ReplicaStoreContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected ReplicaStore open() {
        return MapDbStore.open(
                disk, () -> RandomCommits.NODE, MapDbOptions.DEFAULT.inline(97).withSegmentBytes(4 << 20));
    }

    @Override
    protected boolean isDurable() {
        return true;
    }
}
