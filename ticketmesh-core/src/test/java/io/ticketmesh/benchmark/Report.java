package io.ticketmesh.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints tables that can be pasted into a document, and in the end which goals were met. Progress goes to the error stream. */
final class Report {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final List<String> goals = new ArrayList<>();
    private final long began = System.nanoTime();

    void title(String title, String... columns) {
        out.println();
        out.println("### " + title);
        out.println();
        row((Object[]) columns);
        out.println("|---".repeat(columns.length) + "|");
    }

    void row(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        out.println(line);
    }

    void line(String line) {
        out.println(line);
    }

    void progress(String what) {
        System.err.printf(Locale.ROOT, "%5.0f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }

    void goal(String goal, boolean met, String measured) {
        goals.add((met ? "met     " : "MISSED  ") + goal + ": " + measured);
    }

    void printGoals() {
        out.println();
        out.println("### Goals");
        out.println();
        goals.forEach(out::println);
    }

    /** A number as people read it: 12,345 or 0.42. */
    static String number(double value) {
        String form = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, value);
    }

    /** Median and range. */
    static String range(Sample sample) {
        return number(sample.median()) + " (" + number(sample.min()) + "–" + number(sample.max()) + ")";
    }
}
