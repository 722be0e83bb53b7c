package io.ticketmesh.json;

import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Instant;
import java.util.List;

/**
 * Reads the body that settles a conflict: {@code {value}}, in the form in which {@link ConflictJson} shows values. A status is its
 * name or an object {@code {status, resolution?, pendingUntil?}}; an assignee can be null.
 */
public final class SettlementForm {
    private final Workflow workflow;

    public SettlementForm(Workflow workflow) {
        this.workflow = workflow;
    }

    /**
     * The write that settles the field; to be proposed as settling.
     *
     * @param field title, description, status, priority or assignee
     * @throws UnknownTicketException when {@code field} is another, which has no conflicts
     * @throws InvalidJsonException with all violations
     */
    public List<Change> changes(JsonValue body, String field) {
        ChangeList changes = new ChangeList(new Violations());
        ObjectForm form = ObjectForm.of(body, changes.violations());
        switch (field) {
            case "title" ->
                form.string("value").required().ifValue(text -> changes.add(at(form), () -> new SetTitle(text)));
            case "description" ->
                form.string("value").required().ifValue(text -> changes.add(at(form), () -> new SetDescription(text)));
            case "priority" ->
                form.oneOf("value", Priority.ALL, Priority::name)
                        .required()
                        .ifValue(priority -> changes.add(at(form), () -> new SetPriority(priority)));
            case "assignee" -> {
                Field<String> assignee = form.string("value");
                if (assignee.presence() == Field.Presence.ABSENT) {
                    assignee.required();
                }
                assignee.ifValue(name -> changes.add(at(form), () -> new SetAssignee(name)))
                        .ifNull(() -> changes.add(at(form), () -> new SetAssignee(null)));
            }
            case "status" -> readStatus(form, changes);
            default -> throw new UnknownTicketException("conflict in '" + field + "'");
        }
        form.rejectUnknown();
        return changes.complete();
    }

    private void readStatus(ObjectForm form, ChangeList changes) {
        Field<JsonValue> value = form.any("value").required();
        if (value.hasValue() && value.value() instanceof JsonString) {
            form.oneOf("value", workflow.states(), Status::name)
                    .ifValue(status -> changes.add(at(form), () -> new SetStatus(status)));
            return;
        }
        value.ifValue(content -> {
            ObjectForm inner = ObjectForm.of(content, changes.violations());
            Field<Status> status =
                    inner.oneOf("status", workflow.states(), Status::name).required();
            Field<String> resolution = inner.oneOf("resolution", workflow.resolutions());
            Field<Instant> pendingUntil = inner.instant("pendingUntil");
            inner.rejectUnknown();
            status.ifValue(name -> changes.add(
                    at(form), () -> new SetStatus(name, resolution.valueOrNull(), pendingUntil.valueOrNull())));
        });
    }

    private static JsonPointer at(ObjectForm form) {
        return form.pointer().child("value");
    }
}
