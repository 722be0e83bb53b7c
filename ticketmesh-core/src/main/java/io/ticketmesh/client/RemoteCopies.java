package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the last change of a ticket was accepted, and who is known to hold it.
 *
 * @param operation its id, as in the history
 */
public record RemoteCopies(String operation, String actor, Instant at, List<Holder> members) {
    /**
     * A member of the mesh, as the server that answered knows it.
     *
     * @param accepted whether the change was made there
     * @param holds whether it is known to hold the change on disk
     * @param knownAt since when that is known; null when it is not, or was long ago
     */
    public record Holder(
            NodeId id,
            String name,
            boolean accepted,
            boolean holds,
            @Nullable Instant knownAt) {
        static Holder read(AnswerForm form) {
            return new Holder(
                    form.converted("id", NodeId::parse),
                    form.text("name"),
                    form.truth("accepted"),
                    form.truth("holds"),
                    form.instantOrNull("knownAt"));
        }
    }

    public RemoteCopies {
        members = List.copyOf(members);
    }

    static RemoteCopies read(AnswerForm form) {
        return new RemoteCopies(
                form.text("operation"), form.text("actor"), form.instant("at"), form.each("members", Holder::read));
    }
}
