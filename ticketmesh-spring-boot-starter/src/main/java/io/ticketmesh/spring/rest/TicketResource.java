package io.ticketmesh.spring.rest;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.MergeForm;
import io.ticketmesh.json.NewTicketForm;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.json.TicketPatchForm;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RestoreTicket;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One ticket: its whole life from creation to purge. */
final class TicketResource {
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String NIL = "[0-]+";

    private final Desk desk;

    TicketResource(Desk desk) {
        this.desk = desk;
    }

    Reply create(Call call) {
        call.parameters().requireAllKnown();
        List<Change> changes =
                CreateTicket.withDefaults(newTicket(call).changes(call.json("application/json")), call.actor());
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets");
        TicketId id = key == null ? desk.service().newTicketId() : key.ticketId();
        Done done = desk.writes()
                .perform(call.permitted(Proposal.of(id, call.actor(), changes)), key, call.acknowledgement());
        return done.mark(created(call, done.ticket()));
    }

    /** Creates a ticket under an id that the client chose. */
    Reply put(Call call) {
        call.parameters().requireAllKnown();
        Accepted.of(call).requireJson();
        TicketId id = chosenId(call.variable("ref"));
        requireAbsence(call);
        List<Change> changes =
                CreateTicket.withDefaults(newTicket(call).changes(call.json("application/json")), call.actor());
        IdempotencyKey key = IdempotencyKey.of(call, "PUT /tickets/" + id);
        try {
            Done done = desk.writes()
                    .perform(call.permitted(Proposal.of(id, call.actor(), changes)), key, call.acknowledgement());
            return done.mark(created(call, done.ticket()));
        } catch (InvalidChangeException refused) {
            if (refused.code().equals("exists")) {
                throw Problem.of(ProblemKind.PRECONDITION_FAILED, "There is a ticket " + id + " already")
                        .exception();
            }
            throw refused;
        }
    }

    private static TicketId chosenId(String text) {
        if (!text.matches(UUID) || text.matches(NIL)) {
            throw Problem.of(
                            ProblemKind.MALFORMED_REQUEST,
                            "PUT creates a ticket under the UUID that the path names;"
                                    + " change an existing ticket with PATCH")
                    .exception();
        }
        return TicketId.parse(text);
    }

    private static void requireAbsence(Call call) {
        String value = call.header("If-None-Match");
        if (value == null) {
            throw Problem.of(
                            ProblemKind.PRECONDITION_REQUIRED,
                            "PUT creates a ticket and needs 'If-None-Match: *';"
                                    + " change an existing ticket with PATCH")
                    .exception();
        }
        if (!EntityTags.parse("If-None-Match", value).any()) {
            throw Problem.of(ProblemKind.INVALID_HEADER, "PUT creates a ticket and takes only 'If-None-Match: *'")
                    .with(ProblemError.header("If-None-Match", "not-allowed", "must be '*'"))
                    .exception();
        }
    }

    Reply read(Call call) {
        TicketView ticket = desk.shown(call);
        AsOf point = desk.point(call);
        call.parameters().requireAllKnown();
        if (call.holds(ticket.etag())) {
            return Reply.empty(304).tagged(ticket.etag());
        }
        return point == null ? shown(call, 200, ticket) : past(call, ticket, point);
    }

    /** With the entity tag of the ticket as it is: when something is redacted, this answer changes too. */
    private Reply past(Call call, TicketView now, AsOf point) {
        TicketView then = desk.shown(call, now.id(), point);
        TicketJson form = desk.ticketForm(call, point instanceof AsOf.Time time ? time.instant() : then.updatedAt());
        return Reply.json(200, json -> form.write(json, then)).tagged(now.etag());
    }

    /** With a key, a repetition is answered as the first time, although the ticket is not in the expected state any more. */
    Reply patch(Call call) {
        call.parameters().requireAllKnown();
        Set<String> expected = call.demanded();
        TicketId id = call.ticket();
        JsonValue patch = call.json("application/merge-patch+json", "application/json");
        IdempotencyKey key = IdempotencyKey.of(call, "PATCH /tickets/" + id);
        boolean repeated = key != null && desk.service().receipt(key.request()).isPresent();
        TicketView ticket = repeated ? desk.service().get(id) : living(id);
        Proposal proposal = Proposal.of(id, call.actor(), patchForm(call).changes(patch, ticket))
                .expecting(expected);
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        return done.mark(shown(call, 200, done.ticket()));
    }

    /** Hides the ticket, or with {@code purge=true} removes it for good; deleted again it is deleted. */
    Reply delete(Call call) {
        boolean purge = call.parameters().flag("purge");
        call.parameters().requireAllKnown();
        TicketId id = call.ticket();
        Acknowledgement wanted = call.acknowledgement();
        Proposal proposal = Proposal.of(id, call.actor(), deletion(purge)).expecting(call.demanded());
        try {
            return deleted(
                    id, desk.writes().outcome(desk.writes().post(call.permitted(proposal), null, wanted)), wanted);
        } catch (GoneTicketException gone) {
            return gone.purged()
                    ? Reply.empty(204)
                    : deleted(id, new Outcome.Unchanged(desk.service().get(id).state()), wanted);
        }
    }

    private Reply deleted(TicketId id, Outcome outcome, Acknowledgement wanted) {
        Writes writes = desk.writes();
        Copies copies = writes.copies(writes.copiesOf(outcome, wanted));
        if (!copies.reached()) {
            throw Acks.missing(copies, id, null).exception();
        }
        return Reply.empty(204).with(Acks.HEADER, Acks.text(copies));
    }

    static List<Change> deletion(boolean purge) {
        return List.of(purge ? new PurgeTicket() : new DeleteTicket());
    }

    Reply restore(Call call) {
        call.parameters().requireAllKnown();
        Bodies.requireEmptyObject(call.optionalJson());
        return change(call, "restore", List.of(new RestoreTicket()));
    }

    Reply merge(Call call) {
        call.parameters().requireAllKnown();
        List<Change> changes = MergeForm.changes(call.json("application/json"), call.rights()::resolve);
        return change(call, "merge", changes);
    }

    private Reply change(Call call, String verb, List<Change> changes) {
        TicketId id = call.ticket();
        IdempotencyKey key = IdempotencyKey.of(call, "POST /tickets/" + id + "/" + verb);
        Proposal proposal = Proposal.of(id, call.actor(), changes).expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        return done.mark(shown(call, 200, done.ticket()));
    }

    NewTicketForm newTicket(Call call) {
        return new NewTicketForm(desk.service().workflow(), call.rights()::resolve);
    }

    TicketPatchForm patchForm(Call call) {
        return new TicketPatchForm(desk.service().workflow(), call.rights()::resolve);
    }

    /**
     * The ticket, to be changed.
     *
     * @throws GoneTicketException when it was deleted
     * @throws UnknownTicketException when there is none
     */
    TicketView living(TicketId id) {
        TicketView ticket = desk.service().get(id);
        if (ticket.isDeleted()) {
            throw new GoneTicketException(id, false);
        }
        return ticket;
    }

    private Reply created(Call call, TicketView ticket) {
        return shown(call, 201, ticket).with("Location", call.address(ticket.id()));
    }

    private Reply shown(Call call, int status, TicketView ticket) {
        TicketJson form = desk.ticketForm(call);
        return Reply.json(status, json -> form.write(json, ticket)).tagged(ticket.etag());
    }

    /** The key of one part of a request; null when it has none. */
    static @Nullable IdempotencyKey part(@Nullable IdempotencyKey key, int index) {
        return key == null ? null : key.part(index);
    }
}
