package io.ticketmesh.spring.rest;

import io.ticketmesh.json.TicketCountsJson;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.json.TicketListJson;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets in numbers: pages of them, and how many there are. */
final class ListResource {
    private final Desk desk;

    ListResource(Desk desk) {
        this.desk = desk;
    }

    Reply page(Call call) {
        Parameters parameters = call.parameters();
        TicketFilter filter = new ListFilter(desk, call).filter();
        List<SortKey> sort = SortNames.parse(parameters);
        int limit = parameters.size("limit", TicketQuery.DEFAULT_LIMIT, TicketQuery.MAX_LIMIT);
        boolean reduced = Parameters.isNumberAbove(parameters.text("limit"), TicketQuery.MAX_LIMIT);
        PageCursor cursor = parameters.converted("cursor", PageCursor::parse);
        boolean count = parameters.flag("count");
        TicketJson form = fields(call);
        parameters.requireAllKnown();
        TicketList page = desk.service().list(query(filter, sort, limit, cursor, call.seesInternal(), count));
        Reply reply = Reply.json(200, json -> {
            json.startObject();
            TicketListJson.writeMembers(json, page, form);
            json.member("limit", limit);
            if (reduced) {
                json.member("limitReduced", true);
            }
            json.endObject();
        });
        return Links.to(call, text(page.next()), text(page.previous())).on(reply);
    }

    private static TicketQuery query(
            TicketFilter filter,
            List<SortKey> sort,
            int limit,
            @Nullable PageCursor cursor,
            boolean seesInternal,
            boolean count) {
        try {
            return new TicketQuery(filter, sort, limit, cursor, seesInternal, count);
        } catch (InvalidChangeException refused) {
            throw Problem.of(
                            ProblemKind.INVALID_PARAMETER,
                            "The parameter '" + refused.field() + "' " + refused.problem())
                    .with(ProblemError.parameter(
                            refused.field(),
                            refused.code(),
                            refused.problem(),
                            refused.limit().orElse(null)))
                    .exception();
        }
    }

    private static @Nullable String text(@Nullable PageCursor cursor) {
        return cursor == null ? null : cursor.toString();
    }

    private TicketJson fields(Call call) {
        TicketJson form = desk.ticketForm(call);
        List<String> wanted = call.parameters().list("fields");
        if (wanted.isEmpty()) {
            return form;
        }
        try {
            return form.only(wanted);
        } catch (InvalidChangeException unknown) {
            call.parameters().reject("fields", unknown.code(), unknown.problem(), List.copyOf(TicketJson.NAMES));
            return form;
        }
    }

    Reply counts(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.READ);
        TicketCounts counts = desk.service().counts(call.rights().within(TicketFilter.EVERYTHING));
        return Reply.json(
                200, json -> TicketCountsJson.write(json, counts, desk.service().workflow(), desk.now()));
    }
}
