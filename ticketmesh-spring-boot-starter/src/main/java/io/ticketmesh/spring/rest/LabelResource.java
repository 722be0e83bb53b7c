package io.ticketmesh.spring.rest;

import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import java.util.List;

/** Members of a ticket's sets, each with a path of its own: adding one that is there, or removing one that is not, succeeds. */
final class LabelResource {
    private final Desk desk;

    LabelResource(Desk desk) {
        this.desk = desk;
    }

    Reply tag(Call call) {
        return change(call, new AddTag(call.variable("tag")));
    }

    Reply untag(Call call) {
        return change(call, new RemoveTag(call.variable("tag")));
    }

    Reply watch(Call call) {
        return change(call, new AddWatcher(call.variable("who")));
    }

    Reply unwatch(Call call) {
        return change(call, new RemoveWatcher(call.variable("who")));
    }

    Reply link(Call call) {
        return change(call, new AddLink(type(call), call.rights().resolve(call.variable("target"))));
    }

    Reply unlink(Call call) {
        return change(call, new RemoveLink(type(call), target(call)));
    }

    /** A ticket that is gone can be named by its id, so that links to it can be removed. */
    private static TicketId target(Call call) {
        String reference = call.variable("target");
        try {
            return TicketId.parse(reference);
        } catch (IllegalArgumentException notAnId) {
            return call.rights().resolve(reference);
        }
    }

    private static LinkType type(Call call) {
        String name = call.variable("type");
        List<String> names = LinkType.ALL.stream().map(LinkType::name).toList();
        return LinkType.named(name)
                .orElseThrow(() -> Problem.of(
                                ProblemKind.NOT_FOUND,
                                "There is no type of links of this name, only " + String.join(", ", names))
                        .with("allowed", names)
                        .exception());
    }

    private Reply change(Call call, Change change) {
        call.parameters().requireAllKnown();
        Proposal proposal =
                Proposal.of(call.ticket(), call.actor(), List.of(change)).expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), call.acknowledgement());
        return done.mark(Reply.empty(204).tagged(done.ticket().etag()));
    }
}
