package io.ticketmesh.exchange;

import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.node.TicketList;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes tickets to a stream, oldest first, holding one page of them at a time. Immutable and thread-safe.
 *
 * <p>A ticket that is changed while the export runs is written as it was when its page was read; one that is created meanwhile is
 * written too.
 */
public final class TicketExport {
    private final TicketService service;
    private final TicketFilter filter;
    private final boolean seesInternal;

    /** Exports every ticket, deleted ones too, with internal comments. */
    public TicketExport(TicketService service) {
        this(service, TicketFilter.EVERYTHING, true);
    }

    private TicketExport(TicketService service, TicketFilter filter, boolean seesInternal) {
        this.service = service;
        this.filter = filter;
        this.seesInternal = seesInternal;
    }

    /** The same for these tickets only. */
    public TicketExport only(TicketFilter filter) {
        return new TicketExport(service, filter, seesInternal);
    }

    /** The same for somebody who may not see internal comments: they are neither written nor searched. */
    public TicketExport hidingInternal() {
        return new TicketExport(service, filter, false);
    }

    /**
     * Writes one ticket a line as JSON, with its comments and the trail of its status: all that {@link TicketImport} needs to make the
     * same ticket elsewhere. Losers of conflicts and the history of other fields are not part of it.
     *
     * @param output is flushed and left open
     * @return how many tickets were written
     * @throws IOException when the stream fails
     */
    public long ndjson(OutputStream output) throws IOException {
        try (JsonWriter json = JsonWriter.to(output)) {
            return forEach(ticket -> {
                ExportLine.write(json, ticket, service.comments(ticket.id(), seesInternal));
                json.newLine();
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /**
     * Writes one ticket a record as CSV (RFC 4180, UTF-8, a header first) with the fields that have one value or a short list. Cells
     * that a spreadsheet would take for a formula are guarded as {@link CellGuard} says. Comments are counted, not written.
     *
     * @param output is flushed and left open
     * @return how many tickets were written
     * @throws IOException when the stream fails
     */
    public long csv(OutputStream output) throws IOException {
        try {
            SheetWriter sheet = new SheetWriter(output);
            long written = forEach(ticket -> sheet.write(ticket, seesInternal));
            sheet.flush();
            return written;
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private long forEach(Consumer<TicketView> writing) {
        List<SortKey> oldestFirst = List.of(new SortKey(SortKey.By.CREATED, false));
        TicketQuery query = new TicketQuery(filter, oldestFirst, TicketQuery.MAX_LIMIT, null, seesInternal, false);
        long written = 0;
        for (@Nullable TicketQuery next = query; next != null; ) {
            TicketList page = service.list(next);
            page.items().forEach(writing);
            written += page.items().size();
            next = page.next() == null ? null : query.at(page.next());
        }
        return written;
    }
}
