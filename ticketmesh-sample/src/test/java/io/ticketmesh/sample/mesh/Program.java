package io.ticketmesh.sample.mesh;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process of the sample runs. */
enum Program {
    /** The jar, by a Java that starts quickly. */
    JAR("-XX:TieredStopAtLevel=1", "-jar", jar()),
    /** The jar, with so little memory that it cannot hold what passes through it. */
    SMALL("-Xmx" + Program.SMALL_MEBIBYTES + "m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar()),
    /** The jar, by a Java that takes its time to compile; for measurements. */
    MEASURED("-jar", jar()),
    /** The jar, with the beans that were decided on when it was built. */
    AHEAD_OF_TIME("-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-jar", jar()),
    /** {@link TroubledSample}, from the class path of the tests. */
    TROUBLED("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), TroubledSample.class.getName());

    /** The largest heap of {@link #SMALL}. */
    static final int SMALL_MEBIBYTES = 192;

    private final List<String> arguments;

    Program(String... arguments) {
        this.arguments = List.of(arguments);
    }

    private static String jar() {
        return Path.of("target", "ticketmesh-sample.jar").toAbsolutePath().toString();
    }

    /** Where a node that is started with {@code home} keeps its tickets. */
    static Path data(Path home) {
        return home.resolve("data");
    }

    /** What a process that is started with {@code home} prints, of all its runs. */
    static Path log(Path home) {
        return home.resolve("log.txt");
    }

    /**
     * Starts a process without sample data.
     *
     * @param wrapper the command that runs the command; empty for none
     */
    Process start(Path home, List<String> wrapper, List<String> settings) throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(arguments);
        command.add("--ticketmesh.data-dir=" + data(home));
        command.add("--sample.data.enabled=false");
        command.addAll(settings);
        File log = log(home).toFile();
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }
}
