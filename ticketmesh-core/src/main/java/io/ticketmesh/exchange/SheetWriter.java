package io.ticketmesh.exchange;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes tickets as records of CSV; the header is written at once. Not thread-safe. */
final class SheetWriter {
    private final CsvWriter csv;

    SheetWriter(OutputStream output) {
        csv = CsvWriter.builder().build(output, StandardCharsets.UTF_8);
        List<String> header =
                new ArrayList<>(SheetColumn.ALL.stream().map(SheetColumn::name).toList());
        header.add(SheetColumn.COMMENT_COUNT);
        csv.writeRecord(header);
    }

    void write(TicketView ticket, boolean seesInternal) {
        List<String> cells = new ArrayList<>();
        for (SheetColumn column : SheetColumn.ALL) {
            String cell = column.cell().apply(ticket);
            cells.add(cell == null ? "" : CellGuard.guarded(cell));
        }
        cells.add(Integer.toString(ticket.commentCount(seesInternal)));
        csv.writeRecord(cells);
    }

    void flush() throws IOException {
        csv.flush();
    }
}
