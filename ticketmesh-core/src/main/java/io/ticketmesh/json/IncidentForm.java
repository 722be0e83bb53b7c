package io.ticketmesh.json;

import io.ticketmesh.incident.Incident;
import io.ticketmesh.incident.Incidents;
import io.ticketmesh.incident.Severity;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import java.util.function.Consumer;

/**
 * The body that reports an incident.
 *
 * @param dedupKey says which incidents are the same
 * @param details tells the rest of it
 */
public record IncidentForm(String dedupKey, Consumer<Incident> details) {
    private static final CommentId ANY = new CommentId(0, 0);

    /**
     * {@code {dedupKey, title?, description?, severity?, place?, queue?, tags?, details?}}.
     *
     * @throws InvalidJsonException with all violations
     */
    public static IncidentForm of(JsonValue body) {
        Violations violations = new Violations();
        ChangeList rules = new ChangeList(violations); // what a ticket refuses is refused here
        ObjectForm form = ObjectForm.of(body, violations);
        Field<String> key = form.string("dedupKey")
                .required()
                .check(text -> !text.isBlank(), "blank", "is blank", null)
                .atMost(Incidents.MAX_KEY_CHARS);
        Field<String> title = form.string("title");
        title.ifValue(text -> rules.add(title.pointer(), () -> new SetTitle(text)));
        Field<String> description = form.string("description");
        description.ifValue(text -> rules.add(description.pointer(), () -> new SetDescription(text)));
        Field<Severity> severity = form.oneOf("severity", List.of(Severity.values()), Severity::label);
        Field<String> place = form.string("place");
        place.ifValue(text -> rules.add(place.pointer(), () -> new RecordOccurrences(1, text)));
        Field<String> queue = form.string("queue");
        queue.ifValue(text -> rules.add(queue.pointer(), () -> new SetQueue(text)));
        Field<List<String>> tags = form.strings("tags").atMost(AddTag.MAX_TAGS);
        tags.ifValue(all -> all.forEach(tag -> rules.add(tags.pointer(), () -> new AddTag(tag))));
        Field<String> details = form.string("details");
        details.ifValue(text -> rules.add(details.pointer(), () -> new AddComment(ANY, CommentKind.INTERNAL, text)));
        form.rejectUnknown();
        violations.throwIfAny();
        return new IncidentForm(key.value(), incident -> {
            title.ifValue(incident::title);
            description.ifValue(incident::description);
            severity.ifValue(incident::severity);
            place.ifValue(incident::place);
            queue.ifValue(incident::queue);
            tags.valueOr(List.of()).forEach(incident::tag);
            details.ifValue(incident::details);
        });
    }
}
