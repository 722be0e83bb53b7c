package io.ticketmesh.timer;

import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.Objects;

/**
 * Who of a mesh fires the timers of a ticket, and by whose clock. Each ticket has an order of the nodes (rendezvous hashing: Thaler,
 * Ravishankar, 1998), in which the first that can be reached fires at once, and each later one only when it still has not happened a
 * {@link #GRACE_MILLIS} after the one before. So as a rule one node writes; where nodes cannot see each other each side does, and means the
 * same by it.
 *
 * @param self this node
 * @param nodes those that can be reached, this one among them
 * @param aheadMillis by how much the clock of this node is ahead of what it goes by
 * @param behind whether one of them is known to hold what is not here yet, such as that a timer has fired
 */
record Watch(NodeId self, List<NodeId> nodes, long aheadMillis, boolean behind) {
    static final long GRACE_MILLIS = 5_000;

    /** Nobody waits for more than so many others. */
    static final int MAX_TURN = 6;

    Watch {
        nodes = List.copyOf(nodes);
    }

    /** A node that goes by the lower median of the clocks in view: one that is wrong by a day does not fire a day early. */
    static Watch of(MeshStatus mesh) {
        List<MemberStatus> members =
                mesh.members().stream().filter(MemberStatus::reachable).toList();
        List<Long> drifts = members.stream()
                .map(member -> member.self() ? Long.valueOf(0) : member.driftMillis())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        long median = drifts.isEmpty() ? 0 : drifts.get((drifts.size() - 1) / 2);
        return new Watch(
                mesh.self().node(),
                members.stream().map(status -> status.member().node()).toList(),
                -median,
                members.stream().anyMatch(member -> member.ahead() > 0));
    }

    /** How long after its time this node fires a timer of the ticket, if nobody else has. */
    long delayMillis(TicketId ticket) {
        long own = weight(self, ticket);
        long before = nodes.stream()
                .filter(node -> !node.equals(self))
                .filter(node -> Long.compareUnsigned(weight(node, ticket), own) > 0)
                .count();
        return Math.min(before, MAX_TURN) * GRACE_MILLIS;
    }

    private static long weight(NodeId node, TicketId ticket) {
        return new Fingerprint()
                .add(node.high())
                .add(node.low())
                .add(ticket.high())
                .add(ticket.low())
                .value();
    }
}
