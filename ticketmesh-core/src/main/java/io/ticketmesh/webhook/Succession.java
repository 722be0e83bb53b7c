package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Sha256;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * Which node tells what another one should have told. Each node tells what it accepted itself. When nothing of it moves any more for
 * a while, the others come in, one after the other in an order that all compute alike: if the first does not do it either, because it
 * takes no writes or may not send, the next one does.
 */
final class Succession {
    /** How long a node that cannot be reached has. */
    static final long GONE_MILLIS = 10_000;

    /** How long one has that can be reached, but does not tell. */
    static final long SILENT_MILLIS = 60_000;

    /** How long each successor has before the next one comes in. */
    static final long STEP_MILLIS = 10_000;

    private Succession() {}

    /**
     * How long what {@code owner} accepted must have stood still before {@code self} tells it.
     *
     * @param reachable the nodes in view, {@code self} among them
     */
    static long patienceMillis(NodeId owner, NodeId self, Collection<NodeId> reachable) {
        if (owner.equals(self)) {
            return 0;
        }
        long own = weight(owner, self);
        long before = reachable.stream()
                .filter(node -> !node.equals(owner) && !node.equals(self))
                .filter(node -> comesBefore(weight(owner, node), node, own, self))
                .count();
        return (reachable.contains(owner) ? SILENT_MILLIS : GONE_MILLIS) + before * STEP_MILLIS;
    }

    private static boolean comesBefore(long weight, NodeId node, long than, NodeId other) {
        return weight != than ? weight < than : node.compareTo(other) < 0;
    }

    /** Thaler and Ravishankar, rendezvous hashing (1998): the work of one node does not always go to the same other one. */
    private static long weight(NodeId owner, NodeId node) {
        ByteBuffer both = ByteBuffer.allocate(4 * Long.BYTES);
        both.putLong(owner.high()).putLong(owner.low()).putLong(node.high()).putLong(node.low());
        return Sha256.of(both.array()).high();
    }
}
