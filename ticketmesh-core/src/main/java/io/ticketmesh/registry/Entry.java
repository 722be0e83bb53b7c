package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An instance with what parties tell each other besides.
 *
 * @param revision grows with whatever a server changes about itself within one incarnation
 * @param registryPort the port of the registry that runs inside of the server; 0 when there is none
 * @param late whether its renewals are overdue
 */
record Entry(Instance instance, int revision, int registryPort, boolean late) {
    NodeId node() {
        return instance.node();
    }

    Entry withLate(boolean value) {
        return late == value ? this : new Entry(instance, revision, registryPort, value);
    }

    /** The same as it is seen from elsewhere, with {@code source} where a host was left open; null when it does not fit with that. */
    @Nullable
    Entry seenFrom(InetAddress source) {
        try {
            return new Entry(instance.seenFrom(source), revision, registryPort, late);
        } catch (IllegalArgumentException tooLong) {
            return null;
        }
    }

    /**
     * Which of two words about one node is the newer; of equally old ones the one of a server that is not late. Where registries see a
     * server at different addresses, all who ask them choose the same.
     */
    static Entry newest(Entry one, Entry other) {
        int order = Long.compare(one.instance.incarnation(), other.instance.incarnation());
        if (order == 0) {
            order = Integer.compare(one.revision, other.revision);
        }
        if (order == 0) {
            order = Boolean.compare(other.late, one.late);
        }
        if (order == 0 && !one.instance.equals(other.instance)) {
            order = one.instance.toString().compareTo(other.instance.toString());
        }
        return order >= 0 ? one : other;
    }
}
