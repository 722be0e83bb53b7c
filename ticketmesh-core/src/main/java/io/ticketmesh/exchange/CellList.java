package io.ticketmesh.exchange;

import java.util.ArrayList;
import java.util.List;

/** Several texts in one cell: separated by a semicolon and a space; a semicolon or backslash within a text has a backslash before it. */
final class CellList {
    private CellList() {}

    static String join(List<String> texts) {
        return String.join(
                "; ",
                texts.stream()
                        .map(text -> text.replace("\\", "\\\\").replace(";", "\\;"))
                        .toList());
    }

    /** The texts without surrounding space; blank ones are left out. */
    static List<String> split(String cell) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char character = cell.charAt(i);
            if (character == '\\' && i + 1 < cell.length()) {
                text.append(cell.charAt(++i));
            } else if (character == ';') {
                add(text, texts);
            } else {
                text.append(character);
            }
        }
        add(text, texts);
        return texts;
    }

    private static void add(StringBuilder text, List<String> texts) {
        String stripped = text.toString().strip();
        if (!stripped.isEmpty()) {
            texts.add(stripped);
        }
        text.setLength(0);
    }
}
