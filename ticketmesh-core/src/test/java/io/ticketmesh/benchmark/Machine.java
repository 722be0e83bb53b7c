package io.ticketmesh.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** On what was measured. */
record Machine(Path directory) {
    void print(Report report) throws IOException {
        FileStore files = Files.getFileStore(directory);
        Runtime runtime = Runtime.getRuntime();
        report.title("Machine", "what", "value");
        report.row("processors", runtime.availableProcessors() + " × " + processor());
        report.row("load in the last minute", load());
        report.row("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        report.row("largest heap", (runtime.maxMemory() >> 20) + " MB");
        report.row("operating system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        report.row("file system", files.type());
    }

    /** Runnable threads of the whole machine, averaged over a minute. */
    static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
