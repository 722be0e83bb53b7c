package io.ticketmesh.json;

import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Tag;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all members that say something of a ticket but its title, for a new ticket or against one that is there. Null takes a
 * field back to its default, which a new ticket has anyway. For one thread.
 */
final class TicketFields {
    private final ObjectForm form;
    private final Workflow workflow;
    private final LinkForm linkForm;
    private final ChangeList changes;
    private final @Nullable TicketView ticket;

    /**
     * @param ticket as it is; null for a new one
     */
    TicketFields(
            ObjectForm form, Workflow workflow, LinkForm linkForm, ChangeList changes, @Nullable TicketView ticket) {
        this.form = form;
        this.workflow = workflow;
        this.linkForm = linkForm;
        this.changes = changes;
        this.ticket = ticket;
    }

    void read() {
        readType();
        set(form.string("description"), "", SetDescription::new);
        readStatus();
        set(form.oneOf("priority", Priority.ALL, Priority::name), Priority.NORMAL, SetPriority::new);
        set(form.string("queue"), SetQueue.DEFAULT, SetQueue::new);
        set(form.string("reporter"), ticket == null ? "" : ticket.createdBy(), SetReporter::new);
        readAssignee();
        readTags();
        readWatchers();
        readCustomFields();
        readLinks();
        readDue();
        Field<String> externalId = ticket == null
                ? form.string("externalId")
                : form.string("externalId").notNull();
        set(externalId, "", SetExternalId::new);
    }

    private <T> void set(Field<T> field, T byDefault, Function<T, Change> change) {
        field.ifValue(value -> changes.add(field.pointer(), () -> change.apply(value)));
        if (ticket != null) {
            field.ifNull(() -> changes.add(field.pointer(), () -> change.apply(byDefault)));
        }
    }

    /** The default type is a value like any other once it is written; a patch that repeats it must not write it. */
    private void readType() {
        Field<String> type = form.oneOf("type", workflow.types());
        String wanted = ticket != null && isNull(type) ? workflow.types().get(0) : type.valueOrNull();
        if (wanted != null && (ticket == null || !wanted.equals(ticket.type()))) {
            changes.add(type.pointer(), () -> new SetType(wanted));
        }
    }

    private void readAssignee() {
        Field<String> assignee = form.string("assignee");
        assignee.ifValue(name -> changes.add(assignee.pointer(), () -> new SetAssignee(name)));
        if (ticket != null) {
            assignee.ifNull(() -> changes.add(assignee.pointer(), () -> new SetAssignee(null)));
        }
    }

    /** Status, resolution and waiting time are one value; members that are absent stay what they are. */
    private void readStatus() {
        Field<Status> status = form.oneOf("status", workflow.states(), Status::name);
        if (ticket != null) {
            status = status.notNull();
        }
        Field<String> resolution = form.oneOf("resolution", workflow.resolutions());
        Field<Instant> pendingUntil = form.instant("pendingUntil");
        boolean valued = status.hasValue() || resolution.hasValue() || pendingUntil.hasValue();
        if (ticket == null) {
            if (valued) {
                SetStatus value = new SetStatus(
                        status.valueOr(workflow.initial().get(0)),
                        resolution.valueOrNull(),
                        pendingUntil.valueOrNull());
                changes.add(status.pointer(), () -> value);
            }
        } else if (valued || isNull(resolution) || isNull(pendingUntil)) {
            changeStatus(ticket, status, resolution, pendingUntil);
        }
    }

    private void changeStatus(
            TicketView now, Field<Status> status, Field<String> resolution, Field<Instant> pendingUntil) {
        Status wanted = status.valueOr(now.status());
        boolean stays = wanted.equals(now.status());
        if (stays && isNull(pendingUntil) && now.pendingUntil() != null) {
            stopWaitingForTime(now, pendingUntil);
            return;
        }
        String reason = resolution.valueOrNull();
        if (stays && resolution.presence() == Field.Presence.ABSENT) {
            reason = now.resolution();
        }
        if (isNull(resolution) && workflow.category(wanted) == StatusCategory.DONE) {
            reason = workflow.resolutions().get(0);
        }
        Instant until = pendingUntil.valueOrNull();
        if (stays && pendingUntil.presence() == Field.Presence.ABSENT) {
            until = now.pendingUntil();
        }
        SetStatus value = new SetStatus(wanted, reason, until);
        changes.add(status.pointer(), () -> value);
    }

    /** The same status without a time is no change of its own, so the ticket leaves the status and enters it again, at once. */
    private void stopWaitingForTime(TicketView now, Field<Instant> pendingUntil) {
        Status between = workflow.reopened(now.status());
        if (between.equals(now.status()) || !workflow.allowedFrom(between).contains(now.status())) {
            changes.violations()
                    .add(pendingUntil.pointer(), Violation.NOT_NULL, "cannot be taken away in status " + now.status());
            return;
        }
        changes.add(pendingUntil.pointer(), () -> new SetStatus(between));
        changes.add(pendingUntil.pointer(), () -> new SetStatus(now.status()));
    }

    private void readTags() {
        Field<List<String>> field = form.strings("tags").atMost(AddTag.MAX_TAGS);
        if (!isGiven(field)) {
            return;
        }
        List<String> wanted = field.valueOr(List.of());
        Set<Tag> kept = new HashSet<>();
        wanted.forEach(tag -> kept.add(Tag.of(tag.strip())));
        Set<Tag> present = new HashSet<>();
        for (String tag : ticket == null ? List.<String>of() : ticket.tags()) {
            present.add(Tag.of(tag));
            if (!kept.contains(Tag.of(tag))) {
                changes.add(field.pointer(), () -> new RemoveTag(tag));
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            String tag = wanted.get(i);
            if (!present.contains(Tag.of(tag.strip()))) {
                changes.add(field.pointer().child(i), () -> new AddTag(tag));
            }
        }
    }

    private void readWatchers() {
        Field<List<String>> field = form.strings("watchers").atMost(AddWatcher.MAX_WATCHERS);
        if (!isGiven(field)) {
            return;
        }
        List<String> wanted = field.valueOr(List.of());
        Set<String> kept = new HashSet<>();
        wanted.forEach(watcher -> kept.add(watcher.strip()));
        List<String> present = ticket == null ? List.of() : ticket.watchers();
        for (String watcher : present) {
            if (!kept.contains(watcher)) {
                changes.add(field.pointer(), () -> new RemoveWatcher(watcher));
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            String watcher = wanted.get(i);
            if (!present.contains(watcher.strip())) {
                changes.add(field.pointer().child(i), () -> new AddWatcher(watcher));
            }
        }
    }

    private void readCustomFields() {
        Field<ObjectForm> field = form.form("customFields");
        if (ticket != null && isNull(field)) {
            ticket.customFields()
                    .keySet()
                    .forEach(key -> changes.add(field.pointer(), () -> new SetCustomField(key, FieldValue.ABSENT)));
        }
        field.ifValue(fields -> {
            long values = fields.names().stream()
                    .filter(key -> fields.any(key).hasValue())
                    .count();
            if (values > SetCustomField.MAX_FIELDS) {
                field.reject(
                        Violation.TOO_LONG,
                        "has " + values + " keys, at most " + SetCustomField.MAX_FIELDS + " are allowed",
                        SetCustomField.MAX_FIELDS);
                return;
            }
            fields.names().forEach(key -> readCustomField(key, fields.any(key)));
        });
    }

    private void readCustomField(String key, Field<JsonValue> field) {
        field.ifValue(value -> CustomFieldJson.read(value, changes.violations())
                .ifPresent(read -> changes.add(field.pointer(), () -> new SetCustomField(key, read))));
        if (ticket != null) {
            field.ifNull(() -> changes.add(field.pointer(), () -> new SetCustomField(key, FieldValue.ABSENT)));
        }
    }

    private void readLinks() {
        Field<List<ObjectForm>> field = form.forms("links").atMost(AddLink.MAX_LINKS);
        if (!isGiven(field)) {
            return;
        }
        Map<Link, JsonPointer> wanted = linkForm.links(field.valueOr(List.of()));
        List<Link> present = ticket == null ? List.of() : ticket.links();
        for (Link link : present) {
            if (!wanted.containsKey(link)) {
                changes.add(field.pointer(), () -> new RemoveLink(link.type(), link.target()));
            }
        }
        wanted.forEach((link, pointer) -> {
            if (!present.contains(link)) {
                changes.add(pointer, () -> new AddLink(link.type(), link.target()));
            }
        });
    }

    private void readDue() {
        Field<Instant> dueAt = form.instant("dueAt");
        Field<LocalDate> dueDate = form.localDate("dueDate");
        if (dueAt.hasValue() && dueDate.hasValue()) {
            dueDate.reject("exclusive", "cannot be given together with dueAt", null);
            return;
        }
        dueAt.ifValue(instant -> changes.add(dueAt.pointer(), () -> new SetDue(new Due.At(instant))));
        dueDate.ifValue(date -> changes.add(dueDate.pointer(), () -> new SetDue(new Due.On(date))));
        if (ticket == null || dueAt.hasValue() || dueDate.hasValue()) {
            return;
        }
        if (isNull(dueAt) && ticket.dueAt() != null) {
            changes.add(dueAt.pointer(), () -> new SetDue(Due.NEVER));
        }
        if (isNull(dueDate) && ticket.dueDate() != null) {
            changes.add(dueDate.pointer(), () -> new SetDue(Due.NEVER));
        }
    }

    /** Whether the field says what a set should hold: null says nothing. */
    private boolean isGiven(Field<?> field) {
        return field.hasValue() || ticket != null && isNull(field);
    }

    private static boolean isNull(Field<?> field) {
        return field.presence() == Field.Presence.NULL;
    }
}
