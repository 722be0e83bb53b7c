package io.ticketmesh.json;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the body that creates a ticket: {@code title} and any of type, description, status, resolution, pendingUntil, priority,
 * queue, reporter, assignee, tags, watchers, customFields, links, dueAt or dueDate, and externalId. Null is the same as absent.
 * Immutable; as thread-safe as {@code references}.
 */
public final class NewTicketForm {
    private final Workflow workflow;
    private final Function<String, TicketId> references;

    /**
     * @param references finds the ticket that a link means, or throws {@link io.ticketmesh.ticket.UnknownTicketException} or
     *     {@link io.ticketmesh.ticket.AmbiguousReferenceException}, which become violations
     */
    public NewTicketForm(Workflow workflow, Function<String, TicketId> references) {
        this.workflow = workflow;
        this.references = references;
    }

    /**
     * The changes that make the ticket, the first is {@link CreateTicket}. Who watches by default is not among them: see
     * {@link CreateTicket#withDefaults}.
     *
     * @throws InvalidJsonException with all violations, those of unknown and read-only members too
     */
    public List<Change> changes(JsonValue body) {
        Violations violations = new Violations();
        ChangeList changes = new ChangeList(violations);
        ObjectForm form = ObjectForm.of(body, violations);
        Field<String> title = form.string("title").required();
        title.ifValue(text -> changes.add(title.pointer(), () -> new CreateTicket(text)));
        new TicketFields(form, workflow, new LinkForm(references, violations), changes, null).read();
        form.readOnly(TicketJson.READ_ONLY).rejectUnknown();
        return changes.complete();
    }
}
