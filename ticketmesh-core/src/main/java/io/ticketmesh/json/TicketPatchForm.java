package io.ticketmesh.json;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a merge patch (RFC 7396) of a ticket. Members that are absent stay as they are, null takes a field back to its default;
 * {@code title}, {@code status} and {@code externalId} have none and cannot be null. Tags, watchers and links are whole lists, from
 * which additions and removals are computed; custom fields are patched key by key. Immutable; as thread-safe as {@code references}.
 */
public final class TicketPatchForm {
    private final Workflow workflow;
    private final Function<String, TicketId> references;

    /**
     * @param references finds the ticket that a link means, or throws {@link io.ticketmesh.ticket.UnknownTicketException} or
     *     {@link io.ticketmesh.ticket.AmbiguousReferenceException}, which become violations
     */
    public TicketPatchForm(Workflow workflow, Function<String, TicketId> references) {
        this.workflow = workflow;
        this.references = references;
    }

    /**
     * The changes that lead from {@code ticket} to what the patch says. Some of them may turn out to change nothing.
     *
     * @throws InvalidJsonException with all violations, those of unknown and read-only members too
     */
    public List<Change> changes(JsonValue patch, TicketView ticket) {
        Violations violations = new Violations();
        ChangeList changes = new ChangeList(violations);
        ObjectForm form = ObjectForm.of(patch, violations);
        Field<String> title = form.string("title").notNull();
        title.ifValue(text -> changes.add(title.pointer(), () -> new SetTitle(text)));
        new TicketFields(form, workflow, new LinkForm(references, violations), changes, ticket).read();
        form.readOnly(TicketJson.READ_ONLY).rejectUnknown();
        return changes.complete();
    }
}
