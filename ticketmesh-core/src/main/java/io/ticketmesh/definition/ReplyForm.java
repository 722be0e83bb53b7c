package io.ticketmesh.definition;

import io.ticketmesh.json.Field;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violation;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A canned reply in JSON: {@code title}, {@code body}, {@code status}, {@code resolution} and {@code tags}. */
public final class ReplyForm implements DefinitionForm<CannedReply> {
    /** The only one there need be. */
    public static final ReplyForm INSTANCE = new ReplyForm();

    private ReplyForm() {}

    @Override
    public void writeMembers(JsonWriter json, CannedReply reply) {
        Status status = reply.status();
        json.member("title", reply.title())
                .member("body", reply.body())
                .member("status", status == null ? null : status.name())
                .member("resolution", reply.resolution())
                .member("tags", reply.tags());
    }

    @Override
    public @Nullable CannedReply read(ObjectForm form) {
        Field<String> title = form.string("title").required();
        Field<String> body = form.string("body").required();
        Field<String> status = form.string("status");
        Field<String> resolution = form.string("resolution");
        Field<List<String>> tags = form.strings("tags");
        if (!title.hasValue() || !body.hasValue()) {
            return null;
        }
        try {
            return new CannedReply(
                    title.value(),
                    body.value(),
                    status.map(Status::new).valueOrNull(),
                    resolution.valueOrNull(),
                    tags.valueOr(List.of()));
        } catch (InvalidQueryException refused) {
            form.violations().add(ViewForm.violation(refused));
        } catch (InvalidChangeException refused) {
            form.violations().add(Violation.of(refused));
        }
        return null;
    }
}
