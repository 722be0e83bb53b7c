package io.ticketmesh.spring.rest;

import io.ticketmesh.json.HighlightJson;
import io.ticketmesh.json.SimilarTicketsJson;
import io.ticketmesh.json.TicketCountsJson;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.json.TicketListJson;
import io.ticketmesh.node.SimilarTickets;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets in numbers: pages of them, those like another, and how many there are. */
final class ListResource {
    private final Desk desk;

    ListResource(Desk desk) {
        this.desk = desk;
    }

    Reply page(Call call) {
        Parameters parameters = call.parameters();
        TicketFilter wanted = new ListFilter(desk, call).wanted();
        SortNames.Order order = SortNames.parse(parameters);
        int limit = parameters.size("limit", TicketQuery.DEFAULT_LIMIT, TicketQuery.MAX_LIMIT);
        boolean reduced = Parameters.isNumberAbove(parameters.text("limit"), TicketQuery.MAX_LIMIT);
        PageCursor cursor = parameters.converted("cursor", PageCursor::parse);
        boolean count = parameters.flag("count");
        boolean highlight = parameters.flag("highlight");
        TicketJson form = fields(call);
        parameters.requireAllKnown();
        TicketFilter filter = call.rights().within(wanted);
        TicketList page = desk.service().list(query(filter, order, limit, cursor, call.seesInternal(), count));
        Reply reply = Reply.json(200, json -> {
            json.startObject();
            TicketListJson.writeMembers(json, page, (item, ticket) -> {
                item.startObject();
                form.writeMembers(item, ticket);
                if (highlight) {
                    HighlightJson.writeMember(item, desk.service().highlights(ticket, wanted, call.seesInternal()));
                }
                item.endObject();
            });
            json.member("limit", limit);
            if (reduced) {
                json.member("limitReduced", true);
            }
            json.endObject();
        });
        return Links.to(call, text(page.next()), text(page.previous())).on(reply);
    }

    Reply similar(Call call) {
        call.rights().require(TicketAction.READ);
        Parameters parameters = call.parameters();
        String title = bounded(parameters, "title", SetTitle.MAX_CHARS);
        String description = bounded(parameters, "description", SimilarTickets.MAX_DESCRIPTION_CHARS);
        int limit = parameters.size("limit", SimilarTickets.DEFAULT_LIMIT, SimilarTickets.MAX_LIMIT);
        TicketJson form = fields(call);
        parameters.requireAllKnown();
        TicketFilter scope = call.rights().within(TicketFilter.EVERYTHING);
        SimilarTickets similar = desk.service().similar(title, description, scope, call.seesInternal(), limit);
        return Reply.json(200, json -> SimilarTicketsJson.write(json, similar, form));
    }

    private static String bounded(Parameters parameters, String name, int max) {
        String text = parameters.text(name);
        if (text != null && text.length() > max) {
            parameters.reject(name, "too-long", "has " + text.length() + " characters, at most " + max, max);
        }
        return text == null ? "" : text;
    }

    private static TicketQuery query(
            TicketFilter filter,
            SortNames.Order order,
            int limit,
            @Nullable PageCursor cursor,
            boolean seesInternal,
            boolean count) {
        try {
            return new TicketQuery(filter, order.keys(), limit, cursor, seesInternal, count, order.ranked());
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
