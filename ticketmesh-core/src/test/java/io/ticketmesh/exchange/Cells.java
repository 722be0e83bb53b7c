package io.ticketmesh.exchange;

import java.util.ArrayList;
import java.util.List;

/** Reads CSV as RFC 4180 says, for tests that should not trust the library that wrote it. */
final class Cells {
    private Cells() {}

    static List<List<String>> of(String csv) {
        List<List<String>> records = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char character = csv.charAt(i);
            if (quoted && character == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (!quoted && character == '\r' && csv.startsWith("\r\n", i)) {
                cells.add(cell.toString());
                cell.setLength(0);
                records.add(cells);
                cells = new ArrayList<>();
                i++;
            } else {
                cell.append(character);
            }
        }
        if (!cells.isEmpty() || cell.length() > 0) {
            throw new IllegalArgumentException("a record without end: " + cells + cell);
        }
        return records;
    }
}
