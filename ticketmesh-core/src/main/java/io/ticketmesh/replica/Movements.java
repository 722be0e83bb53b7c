package io.ticketmesh.replica;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.Movement;
import io.ticketmesh.cluster.Movement.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notices who comes and who goes, and remembers the last {@value #MOST} times. Owned by the replica. */
final class Movements {
    static final int MOST = 32;

    /** More nodes are not told apart: all are forgotten, and noticed anew. */
    private static final int MOST_NODES = 2_000;

    /** Whether each node that was ever heard is here now. */
    private final Map<NodeId, Boolean> present = new HashMap<>();

    private final Deque<Noticed> noticed = new ArrayDeque<>();

    private record Noticed(NodeId node, Kind kind, long atMillis) {}

    /** Looks who is heard and who is not any more. Called at every tick. */
    void look(Collection<Peer> peers, long nowMillis) {
        Set<NodeId> heard = new HashSet<>();
        for (Peer peer : peers) {
            if (nowMillis - peer.heardAtMillis <= MemberStatus.REACHABLE_MILLIS) {
                heard.add(peer.origin.node());
            }
        }
        for (NodeId node : heard) {
            Boolean before = present.put(node, true);
            if (before == null || !before) {
                note(node, before == null ? Kind.JOINED : Kind.RETURNED, nowMillis);
            }
        }
        present.forEach((node, here) -> {
            if (here && !heard.contains(node)) {
                note(node, Kind.LOST, nowMillis);
            }
        });
        present.replaceAll((node, here) -> heard.contains(node));
        if (present.size() > MOST_NODES) {
            present.clear();
        }
    }

    /** The node said that it stops. */
    void leave(NodeId node, long nowMillis) {
        if (Boolean.TRUE.equals(present.replace(node, false))) {
            note(node, Kind.LEFT, nowMillis);
        }
    }

    private void note(NodeId node, Kind kind, long nowMillis) {
        noticed.addLast(new Noticed(node, kind, nowMillis));
        if (noticed.size() > MOST) {
            noticed.removeFirst();
        }
    }

    /** The oldest first. */
    List<Movement> recent(long nowMillis) {
        return noticed.stream()
                .map(one -> new Movement(one.node, one.kind, nowMillis - one.atMillis))
                .toList();
    }
}
