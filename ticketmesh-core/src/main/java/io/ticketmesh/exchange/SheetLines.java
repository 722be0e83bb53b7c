package io.ticketmesh.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.MalformedJsonException;
import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.json.Violation;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Workflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file as lines. The header names the columns, in any order; each must be known. What separates the first two
 * names separates all cells: a comma, or the semicolon or tab that spreadsheets write in many countries.
 */
final class SheetLines implements Lines {
    private static final String SEPARATORS = ",;\t";

    /** Longer than the name of any column. */
    private static final int FIRST_NAME_CHARS = 64;

    private final InputStream input;
    private final Workflow workflow;

    SheetLines(InputStream input, Workflow workflow) {
        this.input = input;
        this.workflow = workflow;
    }

    @Override
    public void read(Visitor visitor) throws IOException {
        BufferedReader characters =
                new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder()));
        try {
            skipByteOrderMark(characters);
            List<SheetColumn> columns = null;
            for (CsvRecord cells : CsvReader.builder()
                    .fieldSeparator(separator(characters))
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(characters)) {
                if (columns == null) {
                    columns = columns(cells.getFields());
                } else if (cells.getFieldCount() != columns.size()) {
                    visitor.bad(
                            cells.getStartingLineNumber(),
                            new Violation(
                                    "",
                                    "malformed",
                                    "has " + cells.getFieldCount() + " cells, but the header has " + columns.size(),
                                    columns.size()));
                } else {
                    hand(columns, cells, visitor);
                }
            }
            if (columns == null) {
                throw new UnreadableSourceException("The file is empty; a CSV file begins with a header");
            }
        } catch (CharacterCodingException notUtf8) {
            throw new UnreadableSourceException("The file is not UTF-8");
        } catch (CsvParseException | UncheckedIOException fault) {
            throw translated(fault);
        }
    }

    /** Before a quote it would be taken for a part of the first name, and the quote for another. */
    private static void skipByteOrderMark(BufferedReader characters) throws IOException {
        characters.mark(1);
        if (characters.read() != '\uFEFF') {
            characters.reset();
        }
    }

    /** Looks ahead, and leaves the reader where it was. */
    private static char separator(BufferedReader characters) throws IOException {
        characters.mark(FIRST_NAME_CHARS);
        char separator = ',';
        for (int i = 0; i < FIRST_NAME_CHARS; i++) {
            int next = characters.read();
            if (next < 0 || next == '\n' || next == '\r') {
                break;
            }
            if (SEPARATORS.indexOf(next) >= 0) {
                separator = (char) next;
                break;
            }
        }
        characters.reset();
        return separator;
    }

    @Override
    public @Nullable String columnOf(String pointer) {
        return SheetColumn.nameAt(pointer);
    }

    private void hand(List<SheetColumn> columns, CsvRecord cells, Visitor visitor) throws IOException {
        long row = cells.getStartingLineNumber();
        List<Violation> found = new ArrayList<>();
        Map<String, @Nullable Object> tree = line(columns, cells.getFields(), found);
        JsonValue line;
        try {
            // Written and read again, so that every value knows its place.
            line = Json.parse(JsonWriter.bytes(json -> json.value(tree)), NdjsonLines.LIMITS);
        } catch (MalformedJsonException tooLarge) {
            visitor.bad(row, new Violation("", "malformed", tooLarge.problem(), null));
            return;
        }
        visitor.line(row, line, found);
    }

    private static RuntimeException translated(RuntimeException fault) throws IOException {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new UnreadableSourceException("The file is not UTF-8");
            }
            if (cause instanceof IOException failed
                    && cause == fault.getCause()
                    && fault instanceof UncheckedIOException) {
                throw failed;
            }
        }
        return new UnreadableSourceException(String.valueOf(fault.getMessage()));
    }

    private static List<SheetColumn> columns(List<String> header) {
        List<SheetColumn> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String cell : header) {
            String name = cell.strip();
            columns.add(SheetColumn.named(name)
                    .orElseThrow(() -> new UnreadableSourceException(
                            "The header names the column '" + shortened(name) + "', which does not exist here")));
            if (!seen.add(name)) {
                throw new UnreadableSourceException("The header names the column '" + name + "' twice");
            }
        }
        return columns;
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    /** @param found where is noted what no line can say */
    private Map<String, @Nullable Object> line(List<SheetColumn> columns, List<String> cells, List<Violation> found) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            SheetColumn column = columns.get(i);
            String text = CellGuard.unguarded(cells.get(i));
            if (column.content() == SheetColumn.Content.PART) {
                parts.put(column.name(), text);
            } else if (column.content() != SheetColumn.Content.COMPUTED && !text.isEmpty()) {
                try {
                    line.put(column.name(), value(column.content(), text));
                } catch (MalformedJsonException fault) {
                    found.add(new Violation("/" + column.name(), "malformed", fault.problem(), null));
                }
            } else if (column.clears()) {
                line.put(column.name(), null);
            }
        }
        if (!parts.getOrDefault("deletedAt", "").isEmpty()) {
            line.put("deleted", timed("by", parts.getOrDefault("deletedBy", ""), parts.get("deletedAt")));
        }
        addTrail(line, time("resolvedAt", parts, found), time("closedAt", parts, found));
        return line;
    }

    /** Empty when there is none. In a trail it would have no column any more, so it is checked here. */
    private static String time(String name, Map<String, String> parts, List<Violation> found) {
        String text = parts.getOrDefault(name, "");
        try {
            return text.isEmpty() ? "" : Rfc3339.text(Rfc3339.instant(text));
        } catch (IllegalArgumentException refused) {
            found.add(new Violation("/" + name, Violation.INVALID, String.valueOf(refused.getMessage()), null));
            return "";
        }
    }

    private static Object value(SheetColumn.Content content, String text) {
        return switch (content) {
            case NUMBER -> text.matches("[0-9]{1,18}") ? (Object) Long.valueOf(text) : text;
            case TEXTS -> CellList.split(text);
            case LINKS -> CellList.split(text).stream().map(SheetLines::link).toList();
            case TREE -> Json.parse(text.getBytes(StandardCharsets.UTF_8), NdjsonLines.LIMITS);
            default -> text;
        };
    }

    private static Map<String, String> link(String text) {
        int space = text.indexOf(' ');
        return space < 0
                ? Map.of("type", text)
                : Map.of(
                        "type",
                        text.substring(0, space),
                        "target",
                        text.substring(space + 1).strip());
    }

    /** When a ticket was resolved and closed, said as the way of its status. */
    private void addTrail(Map<String, @Nullable Object> line, String resolvedAt, String closedAt) {
        if (!(line.get("status") instanceof String name)
                || workflow.category(new Status(name)) != StatusCategory.DONE
                || resolvedAt.isEmpty() && closedAt.isEmpty()) {
            return;
        }
        List<Object> trail = new ArrayList<>();
        boolean closed = name.equals(Status.CLOSED.name()) && !closedAt.isEmpty();
        if (!closed) {
            trail.add(step(name, line.get("resolution"), resolvedAt.isEmpty() ? closedAt : resolvedAt));
        } else {
            if (!resolvedAt.isEmpty() && !resolvedAt.equals(closedAt) && workflow.knows(Status.RESOLVED)) {
                trail.add(step(Status.RESOLVED.name(), line.get("resolution"), resolvedAt));
            }
            trail.add(step(name, line.get("resolution"), closedAt));
        }
        line.put("trail", trail);
    }

    private static Map<String, @Nullable Object> step(String status, @Nullable Object resolution, String at) {
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("status", status);
        step.put("resolution", resolution);
        step.put("at", at);
        return step;
    }

    private static Map<String, @Nullable Object> timed(String whoName, String who, @Nullable String at) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put(whoName, who.isEmpty() ? null : who);
        tree.put("at", at);
        return tree;
    }
}
