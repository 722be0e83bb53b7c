package io.ticketmesh.store.mapdb;

import org.mapdb.Store;

/** Trees of which memory holds next to nothing: nearly every node that is read comes out of a record that was just written. */
class CrampedTreeTest extends PackedTreeTest {
    @Override
    Nodes nodes(Store store) {
        return new Nodes(store, 8, 5);
    }
}
