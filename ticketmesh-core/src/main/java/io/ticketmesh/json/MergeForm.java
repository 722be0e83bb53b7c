package io.ticketmesh.json;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.MergeInto;
import java.util.List;
import java.util.function.Function;

/** Reads the body that merges a ticket into another: {@code {into}}, a reference; null takes a merge back. */
public final class MergeForm {
    private MergeForm() {}

    /**
     * The merge.
     *
     * @param references finds the ticket that a reference means, or throws {@link io.ticketmesh.ticket.UnknownTicketException} or
     *     {@link io.ticketmesh.ticket.AmbiguousReferenceException}, which become violations
     * @throws InvalidJsonException with all violations
     */
    public static List<Change> changes(JsonValue body, Function<String, TicketId> references) {
        Violations violations = new Violations();
        ChangeList changes = new ChangeList(violations);
        ObjectForm form = ObjectForm.of(body, violations);
        Field<String> into = form.string("into");
        if (into.presence() == Field.Presence.ABSENT) {
            into = into.required();
        }
        form.rejectUnknown();
        TicketId target = new LinkForm(references, violations).ticket(into);
        changes.add(into.pointer(), () -> new MergeInto(target));
        return changes.complete();
    }
}
