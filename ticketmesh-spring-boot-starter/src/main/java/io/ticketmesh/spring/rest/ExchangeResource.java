package io.ticketmesh.spring.rest;

import io.ticketmesh.exchange.ImportReport;
import io.ticketmesh.exchange.TicketExport;
import io.ticketmesh.exchange.TicketImport;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.TicketFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Tickets in bulk, out and in, as streams. */
final class ExchangeResource {
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    private final Desk desk;

    ExchangeResource(Desk desk) {
        this.desk = desk;
    }

    /** The tickets that the parameters of lists choose, in the format that {@code format} or {@code Accept} names. */
    Reply export(Call call) {
        TicketFilter filter = new ListFilter(desk, call).filter();
        String format = call.parameters().oneOf("format", "", List.of("ndjson", "csv"));
        call.parameters().requireAllKnown();
        TicketExport all = new TicketExport(desk.service()).only(filter);
        TicketExport export = call.seesInternal() ? all : all.hidingInternal();
        boolean csv = format.isEmpty()
                ? Accepted.of(call).choose(List.of(NDJSON, CSV)).equals(CSV)
                : format.equals("csv");
        Reply reply =
                csv ? Reply.streamed(CSV + ";charset=UTF-8", export::csv) : Reply.streamed(NDJSON, export::ndjson);
        return reply.with("Content-Disposition", "attachment; filename=\"tickets." + (csv ? "csv" : "ndjson") + "\"");
    }

    /** Rows from a stream; each succeeds or fails for itself, and the report tells. */
    Reply load(Call call) throws IOException {
        String mode = call.parameters().oneOf("mode", "upsert", List.of("create", "upsert"));
        boolean dryRun = call.parameters().flag("dryRun");
        boolean truncates = call.parameters().flag("truncate");
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.IMPORT);
        Acks.requireLocal(call);
        String type = Bodies.requireType(call, List.of(NDJSON, CSV, JSON));
        TicketImport load = new TicketImport(desk.service(), call.actor())
                .mode(mode.equals("create") ? TicketImport.Mode.CREATE : TicketImport.Mode.UPSERT)
                .dryRun(dryRun)
                .truncating(truncates);
        IdempotencyKey key = IdempotencyKey.ofStream(call, "POST /tickets/import");
        try (InFlight.Stay stay = desk.writes().enter(key)) {
            InputStream input = Bodies.stream(
                    call.servlet(), desk.settings().rest().maxImport().toBytes());
            ImportReport report = switch (type) {
                case CSV -> load.csv(input);
                case JSON -> load.githubArchive(input);
                default -> load.ndjson(input);
            };
            return Reply.json(200, report::write);
        }
    }
}
