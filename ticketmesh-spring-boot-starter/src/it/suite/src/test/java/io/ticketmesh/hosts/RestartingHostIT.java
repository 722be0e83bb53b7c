package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that Spring Boot's developer tools start anew in its process whenever a class changes. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RestartingHostIT {
    private static final String STARTED = "Started PlainApplication";

    @TempDir
    Path directory;

    private final int port = Host.freePort();

    @Test
    void fiveRestartsLeaveNeitherThreadNorFileOpenAndKeepTickets() throws IOException {
        Path classes = directory.resolve("classes");
        Launch launch = Launch.of("plain", "com.example.plain.PlainApplication")
                .withClassesIn(classes)
                .withDependenciesOf("restarting")
                .with(
                        "--server.port=" + port,
                        "--spring.devtools.livereload.enabled=false",
                        "--spring.devtools.restart.poll-interval=200ms",
                        "--spring.devtools.restart.quiet-period=100ms");
        Directories.copy(Launch.target("plain").resolve("classes"), classes);
        try (Host host = launch.in(directory.resolve("work"))) {
            Web web = host.web(port);
            awaitStart(host, 1);
            web.post("/tickets", "{\"title\":\"From the first run\"}");
            List<String> threads = threads(host, launch.jdk());
            List<Path> files = openFiles(host);

            for (int count = 1; count <= 5; count++) {
                restart(host, classes, count);
            }

            assertThat(threads(host, launch.jdk())).isEqualTo(threads);
            assertThat(openFiles(host)).isEqualTo(files);
        }
    }

    private void restart(Host host, Path classes, int count) throws IOException {
        Files.writeString(classes.resolve("change.properties"), "restart=" + count);
        awaitStart(host, count + 1);
        assertThat(host.web(port).get("/tickets").body()).contains("From the first run");
    }

    private static void awaitStart(Host host, int count) {
        Waiting.until(
                Duration.ofSeconds(60),
                host::log,
                () -> host.log().lines().filter(line -> line.contains(STARTED)).count() == count);
    }

    private List<String> threads(Host host, Jdk jdk) {
        try (Host jcmd = Host.run(
                List.of(jdk.home().resolve("bin/jcmd").toString(), String.valueOf(host.pid()), "Thread.print"),
                directory.resolve("jcmd"))) {
            assertThat(jcmd.status()).isZero();
            List<String> threads = jcmd.log()
                    .lines()
                    .filter(line -> line.startsWith("\"ticketmesh"))
                    .map(line -> line.substring(1, line.indexOf('"', 1)))
                    .sorted()
                    .toList();
            assertThat(threads).isNotEmpty();
            return threads;
        }
    }

    /** Those of the tickets; of the index, which writes its parts when it finds time, the lock only. */
    private static List<Path> openFiles(Host host) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(host.pid()), "fd"))) {
            List<Path> files = descriptors
                    .map(RestartingHostIT::target)
                    .filter(path -> path.toString().contains("/ticketmesh/application/"))
                    .filter(path -> !path.toString().contains("/search/_"))
                    .sorted()
                    .toList();
            assertThat(files).isNotEmpty();
            return files;
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closed) {
            return Path.of("closed");
        }
    }
}
