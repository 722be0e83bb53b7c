package io.ticketmesh.spring.rest;

import io.ticketmesh.definition.SavedView;
import io.ticketmesh.json.HighlightJson;
import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.json.SimilarTicketsJson;
import io.ticketmesh.json.TicketCountsJson;
import io.ticketmesh.json.TicketFlowJson;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.json.TicketListJson;
import io.ticketmesh.node.SimilarTickets;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tickets in numbers: pages of them, those like another, and how many there are. */
final class ListResource {
    private static final int DAYS = 30;

    private final Desk desk;

    ListResource(Desk desk) {
        this.desk = desk;
    }

    Reply page(Call call) {
        Parameters parameters = call.parameters();
        ListFilter asked = new ListFilter(desk, call);
        TicketFilter wanted = asked.wanted();
        SortNames.Order order = order(parameters, asked.view());
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

    private static SortNames.Order order(Parameters parameters, @Nullable SavedView view) {
        SortNames.Order asked = SortNames.parse(parameters);
        return view == null || view.order().isEmpty() || parameters.has("sort")
                ? asked
                : new SortNames.Order(false, view.order());
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

    /** The numbers of what the parameters choose; with days, what came in and went out on them too. */
    Reply counts(Call call) {
        Parameters parameters = call.parameters();
        TicketFilter filter = new ListFilter(desk, call).deletedToo().filter();
        boolean wantsFlow = parameters.has("from") || parameters.has("to") || parameters.has("zone");
        ZoneId zone = parameters.converted("zone", ListResource::zone);
        LocalDate to = parameters.converted("to", Rfc3339::date);
        LocalDate from = parameters.converted("from", Rfc3339::date);
        parameters.requireAllKnown();
        TicketCounts counts = desk.service().counts(filter, call.seesInternal());
        TicketFlow flow = wantsFlow ? flow(call, filter, from, to, zone == null ? ZoneOffset.UTC : zone) : null;
        return Reply.json(200, json -> {
            json.startObject();
            TicketCountsJson.writeMembers(json, counts, desk.service().workflow(), desk.now());
            if (flow != null) {
                json.name("flow");
                TicketFlowJson.write(json, flow);
            }
            json.endObject();
        });
    }

    /** By default, the thirty days up to today. */
    private TicketFlow flow(
            Call call, TicketFilter filter, @Nullable LocalDate from, @Nullable LocalDate to, ZoneId zone) {
        LocalDate last = to == null ? LocalDate.ofInstant(desk.now(), zone) : to;
        LocalDate first = from == null ? last.minusDays(DAYS - 1L) : from;
        return desk.service().flow(filter.and(new Criterion.Deleted(true)), first, last, zone, call.seesInternal());
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("is not the name of a time zone like Europe/Berlin", unknown);
        }
    }
}
