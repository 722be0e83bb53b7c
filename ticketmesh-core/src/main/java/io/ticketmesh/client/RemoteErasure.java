package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import java.time.Instant;
import java.util.List;

/**
 * An erasure, as the server that answered knows it.
 *
 * @param mode {@code redact} or {@code purge}
 * @param pseudonym what is shown in place of the name
 * @param by who wanted it
 * @param finished whether all that was found where it began was taken away
 * @param tickets how many were redacted or purged
 * @param comments how many were redacted
 * @param names in how many tickets the name was replaced
 * @param complete whether all members have confirmed it
 */
public record RemoteErasure(
        String id,
        String mode,
        String pseudonym,
        String by,
        Instant at,
        boolean finished,
        long tickets,
        long comments,
        long names,
        boolean complete,
        List<Member> members) {
    /**
     * A member of the mesh.
     *
     * @param confirmed whether it is known to hold the erasure on disk
     */
    public record Member(NodeId id, String name, boolean confirmed) {
        static Member read(AnswerForm form) {
            return new Member(form.converted("id", NodeId::parse), form.text("name"), form.truth("confirmed"));
        }
    }

    public RemoteErasure {
        members = List.copyOf(members);
    }

    static RemoteErasure read(AnswerForm form) {
        return new RemoteErasure(
                form.text("id"),
                form.text("mode"),
                form.text("pseudonym"),
                form.text("by"),
                form.instant("at"),
                form.truth("finished"),
                form.number("tickets"),
                form.number("comments"),
                form.number("names"),
                form.truth("complete"),
                form.each("members", Member::read));
    }
}
