package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How the mesh is, as the server that answered sees it.
 *
 * @param node the server's own id
 * @param name what people call it
 * @param writable whether it takes writes
 * @param waitingWrites how many writes wait there
 * @param active how many members count for copies
 * @param catchingUp whether some member is known to hold operations that the server does not
 * @param version how many operations it holds of each run of a node
 */
public record RemoteMesh(
        NodeId node,
        String name,
        boolean writable,
        long waitingWrites,
        List<Member> members,
        int active,
        boolean catchingUp,
        SortedMap<String, Long> version) {
    /**
     * A member, the server itself among them.
     *
     * @param self whether it is the server that answered
     * @param active whether its copies count
     * @param reachable whether it was heard within fifteen seconds
     * @param silentMillis how long it has been silent; null when it was not heard of late
     * @param heardAt when it was last heard; null when never
     * @param behind how many operations the server holds that it is not known to hold
     * @param ahead how many operations it holds that the server does not
     */
    public record Member(
            NodeId id,
            String name,
            boolean self,
            boolean active,
            boolean reachable,
            @Nullable Long silentMillis,
            @Nullable Instant heardAt,
            long behind,
            long ahead) {
        static Member read(AnswerForm form) {
            return new Member(
                    form.converted("id", NodeId::parse),
                    form.text("name"),
                    form.truth("self"),
                    form.truth("active"),
                    form.truth("reachable"),
                    form.numberOrNull("silentMillis"),
                    form.instantOrNull("heardAt"),
                    form.number("behind"),
                    form.number("ahead"));
        }
    }

    public RemoteMesh {
        members = List.copyOf(members);
    }

    static RemoteMesh read(AnswerForm form) {
        AnswerForm node = form.inner("node");
        return new RemoteMesh(
                node.converted("id", NodeId::parse),
                node.text("name"),
                node.truth("writable"),
                node.number("waitingWrites"),
                form.each("members", Member::read),
                (int) form.number("active"),
                form.truth("catchingUp"),
                form.numbers("version"));
    }
}
