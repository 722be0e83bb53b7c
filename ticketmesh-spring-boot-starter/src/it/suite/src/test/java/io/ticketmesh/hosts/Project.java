package io.ticketmesh.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of an application's project, built by Maven as its developers build it. The starter is not installed anywhere, so a build
 * that needs it has the starter's project beside it.
 */
record Project(Path directory) {
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final Path ROOT =
            Path.of("..", "..", "..", "..").toAbsolutePath().normalize();
    private static final Pattern SUITE = Pattern.compile("<testsuite [^>]*?name=\"([^\"]+)\"[^>]*");
    private static final Pattern TESTS = Pattern.compile(" tests=\"(\\d+)\"");
    private static final Pattern PARENT =
            Pattern.compile("(?<=<artifactId>spring-boot-starter-parent</artifactId>\n    <version>)[^<]+");

    /** Of a directory beside this module, below this one's target, for the line of Spring Boot that is tested. */
    static Project copyOf(String name) throws IOException {
        Path copy = Launch.target("suite").resolve("projects").resolve(name);
        Directories.delete(copy);
        Directories.copy(Path.of("..", name), copy);
        Path pom = copy.resolve("pom.xml");
        String version = System.getProperty("hosts.spring-boot");
        Files.writeString(pom, PARENT.matcher(Files.readString(pom)).replaceFirst(version));
        return new Project(copy);
    }

    /** Builds it, and returns how many tests each of its classes has run. */
    TreeMap<String, Integer> build() throws IOException {
        return maven(directory.resolve("pom.xml"));
    }

    /**
     * The same for a project that has the starter among its dependencies.
     *
     * @param forks how many processes run its tests at once
     */
    TreeMap<String, Integer> buildWithTicketMesh(int forks) throws IOException {
        Path together = directory.getParent();
        StringBuilder modules = new StringBuilder();
        for (Path module :
                List.of(ROOT.resolve("ticketmesh-core"), ROOT.resolve("ticketmesh-spring-boot-starter"), directory)) {
            modules.append("<module>").append(together.relativize(module)).append("</module>");
        }
        return maven(Files.writeString(
                together.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>together</artifactId>"
                        + "<version>1</version><packaging>pom</packaging><modules>" + modules
                        + "</modules></project>"));
    }

    private TreeMap<String, Integer> maven(Path pom, String... options) throws IOException {
        Path reports = directory.resolve("target/surefire-reports");
        Directories.delete(reports);
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("hosts.mvn"),
                "-B",
                "-ntp",
                "-Phosts",
                "-Dmaven.repo.local=" + System.getProperty("hosts.repository"),
                "-f",
                pom.toString(),
                "package"));
        command.addAll(List.of(options));
        if (System.getProperty("hosts.offline").equals("offline true")) {
            command.add("-o");
        }
        try (Host maven = Host.run(command, directory)) {
            if (maven.status(BUILD) != 0) {
                throw new AssertionError(maven.log());
            }
        }
        TreeMap<String, Integer> tests = new TreeMap<>();
        try (Stream<Path> files = Files.list(reports)) {
            files.filter(file -> file.toString().endsWith(".xml")).forEach(file -> count(file, tests));
        }
        return tests;
    }

    private static void count(Path report, TreeMap<String, Integer> tests) {
        try {
            Matcher suite = SUITE.matcher(Files.readString(report));
            if (suite.find()) {
                Matcher count = TESTS.matcher(suite.group());
                tests.put(suite.group(1), count.find() ? Integer.parseInt(count.group(1)) : 0);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Runs the executable jar in the project's directory. */
    Host start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Jdk.newest().java().toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "target/" + directory.getFileName() + ".jar"));
        command.addAll(List.of(arguments));
        return Host.run(command, directory);
    }
}
