package io.ticketmesh.replica;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** Puts together what a replica knows of the others. */
final class MeshSurvey {
    private final Origin self;
    private final VersionVector version;
    private final Membership membership;
    private final AntiEntropy antiEntropy;

    MeshSurvey(Origin self, VersionVector version, Membership membership, AntiEntropy antiEntropy) {
        this.self = self;
        this.version = version;
        this.membership = membership;
        this.antiEntropy = antiEntropy;
    }

    MeshStatus status() {
        SortedSet<NodeId> active = membership.active();
        List<MemberStatus> members = new ArrayList<>();
        Set<NodeId> heard = new HashSet<>();
        for (Peer peer : antiEntropy.peers()) {
            NodeId node = peer.origin.node();
            heard.add(node);
            Member member = membership.roster().find(node).orElseGet(() -> new Member(node, "", 0, 0, 0));
            members.add(new MemberStatus(
                    member,
                    false,
                    active.contains(node),
                    peer.origin,
                    antiEntropy.nowMillis() - peer.heardAtMillis,
                    version.countBeyond(peer.version()),
                    peer.version().countBeyond(version),
                    membership.driftMillis(node).orElse(null)));
        }
        for (Member member : membership.roster().members()) {
            if (member.node().equals(self.node())) {
                members.add(new MemberStatus(member, true, true, self, 0L, 0, 0, 0L));
            } else if (!heard.contains(member.node())) {
                members.add(new MemberStatus(member, false, active.contains(member.node()), null, null, 0, 0, null));
            }
        }
        members.sort(Comparator.comparing(status -> status.member().node()));
        boolean catchingUp = members.stream().anyMatch(status -> status.ahead() > 0);
        return new MeshStatus(self, version, members, catchingUp, antiEntropy.lastCatchUp(), antiEntropy.movements());
    }
}
