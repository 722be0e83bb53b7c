package io.ticketmesh.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Opens a directory in new processes with a heap of 512 MB, after clean stops and after SIGKILL in the middle of writing. */
final class StartUp {
    private static final int CLEAN = 5;
    private static final int KILLS = 5;

    private final Path home;
    private final Report report;
    private final Random random = new Random();

    StartUp(Path home, Report report) {
        this.home = home;
        this.report = report;
    }

    void run() throws Exception {
        Sample clean = new Sample();
        open(); // whatever state it was left in
        for (int i = 0; i < CLEAN; i++) {
            clean.add(open());
            report.progress("opened after a clean stop");
        }
        Sample killed = new Sample();
        for (int i = 0; i < KILLS; i++) {
            writeAndKill();
            killed.add(open());
            report.progress("opened after a kill");
        }
        report.title("Time to open, in a new process", "after", "seconds, median (least–most)");
        report.row("a clean stop", Report.range(clean));
        report.row("SIGKILL while 64 writers were writing", Report.range(killed));
        report.goal("open within 3 s after a clean stop", clean.max() < 3, Report.range(clean) + " s");
        report.goal("open within 10 s after a kill", killed.max() < 10, Report.range(killed) + " s");
    }

    /** Opens and closes; returns the seconds that opening took. */
    private double open() throws Exception {
        Process process = start("close");
        try (BufferedReader lines = reader(process)) {
            double seconds = Double.parseDouble(required(lines.readLine()));
            process.waitFor();
            return seconds;
        }
    }

    private void writeAndKill() throws Exception {
        Process process = start("write");
        try (BufferedReader lines = reader(process)) {
            required(lines.readLine());
            if (process.waitFor(4_000 + random.nextInt(6_000), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "the process ended by itself while it was writing, before it was killed");
            }
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private static String required(String line) {
        if (line == null) {
            throw new IllegalStateException("the process ended before it had opened the directory");
        }
        return line;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Process start(String then) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dkryo.unsafe=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName(),
                        home.toString(),
                        then))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
