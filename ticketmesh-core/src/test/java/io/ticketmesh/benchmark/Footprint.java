package io.ticketmesh.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a filled node takes of disk and memory. */
record Footprint(AutoCloseable desk, Path home) {
    private static final int GOAL_HEAP_MB = 512;

    void print(Report report, long tickets) throws IOException {
        report.title("Disk and memory at " + tickets + " tickets", "what", "MB", "bytes a ticket");
        Map<String, Long> parts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                parts.merge(part(file), Files.size(file), Long::sum);
            }
        }
        parts.forEach((part, bytes) -> row(report, part, bytes, tickets));
        row(report, "disk", parts.values().stream().mapToLong(Long::longValue).sum(), tickets);
        row(report, "heap after collection", usedHeap(), tickets);
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        report.goal("a heap of " + GOAL_HEAP_MB + " MB is enough", heap <= GOAL_HEAP_MB, "ran with " + heap + " MB");
    }

    private static void row(Report report, String what, long bytes, long tickets) {
        report.row(what, Report.number(bytes / 1e6), Report.number((double) bytes / tickets));
    }

    private String part(Path file) {
        String name = home.relativize(file).toString();
        if (name.startsWith("search")) {
            return "disk: search";
        }
        if (name.endsWith(".log")) {
            return "disk: log";
        }
        return name.startsWith("database.") ? "disk: journals and checksums" : "disk: database";
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
