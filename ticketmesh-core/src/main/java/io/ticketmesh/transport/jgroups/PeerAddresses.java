package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/** Which replica has which address, learned from what it sent. Remembers the replicas heard last. Thread-safe. */
final class PeerAddresses {
    static final int MAX_PEERS = 4_096;

    private final Map<Origin, Address> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, Address> eldest) {
            return size() > MAX_PEERS;
        }
    };

    synchronized void learn(Origin origin, Address address) {
        addresses.put(origin, address);
    }

    synchronized @Nullable Address of(Origin origin) {
        return addresses.get(origin);
    }

    /** Forgets those who left the view. Replicas heard outside of it stay. */
    synchronized void forget(Collection<Address> left) {
        addresses.values().removeAll(left);
    }
}
