package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ticketmesh.TicketMesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people read when a real application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysesTest {
    @TempDir
    Path parent;

    private Path data() {
        return parent.resolve("data");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Starts in vain, and gives what people read, in one line. */
    private static String failure(CapturedOutput output, Class<?> application, String... settings) {
        SpringApplication spring = new SpringApplication(application);
        spring.setRegisterShutdownHook(false);
        spring.setDefaultProperties(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "error"));
        String[] arguments = Stream.of(settings).map(setting -> "--" + setting).toArray(String[]::new);
        Set<Thread> before = threads();
        assertThatThrownBy(() -> spring.run(arguments).close()).isInstanceOf(Exception.class);
        Waiting.until(() -> before.containsAll(threads()));
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START");
        return output.getAll().replaceAll("\\s+", " ");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ticketmesh"))
                .collect(Collectors.toSet());
    }

    private String failureIn(CapturedOutput output, Path directory) {
        return failure(output, Application.class, "ticketmesh.data-dir=" + directory);
    }

    private void fill() {
        try (TicketMesh node = TicketMesh.open(data())) {
            node.tickets().create("Printer");
        }
    }

    @Test
    void aDirectoryThatIsInUse(CapturedOutput output) {
        try (TicketMesh first = TicketMesh.open(data())) {
            assertThat(failureIn(output, data()))
                    .contains("The tickets in " + data() + " could not be opened")
                    .contains("Action: Set ticketmesh.data-dir to a directory of its own for each application.");
            assertThat(first.refusal()).isNull();
        }
    }

    /** Opens the directory that it is told, says so, and holds it until its input ends. */
    static final class Holder {
        public static void main(String[] directory) throws IOException {
            try (TicketMesh held = TicketMesh.open(Path.of(directory[0]))) {
                System.out.println("holds it as " + held.nodeId());
                int unusedEnd = System.in.read();
            }
        }
    }

    @Test
    void aDirectoryThatAnotherProcessHas(CapturedOutput output) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dkryo.unsafe=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        data().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.inputReader()
                            .lines()
                            .filter(line -> line.startsWith("holds it"))
                            .findFirst())
                    .isPresent();
            assertThat(failureIn(output, data()))
                    .contains(String.valueOf(process.pid()))
                    .contains("Action: Set ticketmesh.data-dir to a directory of its own for each application.");
        } finally {
            process.outputWriter().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Not even root may write below this one, with or without a container around it. */
    @Test
    void aDirectoryThatCannotBeWritten(CapturedOutput output) {
        Path kernel = Path.of("/sys/kernel");
        assumeTrue(Files.isDirectory(kernel), "this is no Linux");
        assertThat(failureIn(output, kernel))
                .contains("The tickets in " + kernel + " could not be opened")
                .contains("Action: Give the user that runs the application the right to read and write " + kernel)
                .contains("or set ticketmesh.data-dir to a directory where it has it.");
    }

    @Test
    void aFileWhereTheDirectoryShouldBe(CapturedOutput output) throws IOException {
        Files.writeString(data(), "no directory");
        assertThat(failureIn(output, data()))
                .contains(
                        "Action: There is a file where the directory should be. Set ticketmesh.data-dir to a directory.");
    }

    @Test
    void aDirectoryOfSomethingElse(CapturedOutput output) throws IOException {
        Files.writeString(Files.createDirectory(data()).resolve("holiday.jpg"), "no ticket");
        assertThat(failureIn(output, data()))
                .contains("holiday.jpg")
                .contains("Action: Set ticketmesh.data-dir to a directory of its own for each application.");
    }

    @Test
    void aDirectoryOfALaterVersion(CapturedOutput output) throws IOException {
        fill();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(data().resolve("node")));
        bytes.putInt(8, 2);
        CRC32C sum = new CRC32C();
        sum.update(bytes.array(), 0, bytes.capacity() - 4);
        bytes.putInt(bytes.capacity() - 4, (int) sum.getValue());
        Files.write(data().resolve("node"), bytes.array());
        assertThat(failureIn(output, data()))
                .contains("format 2")
                .contains("Action: Start the version that wrote it, or a later one.");
    }

    @Test
    void aDirectoryThatIsDamaged(CapturedOutput output) throws IOException {
        fill();
        byte[] bytes = Files.readAllBytes(data().resolve("node"));
        bytes[bytes.length / 2] ^= 4;
        Files.write(data().resolve("node"), bytes);
        assertThat(failureIn(output, data())).contains("'node' is damaged").containsPattern("Action: [A-Z].*backup");
    }

    @Test
    void allPortsOfTheMeshTaken(CapturedOutput output) throws IOException {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            int first = takeRange(taken);
            assertThat(failure(
                            output,
                            Application.class,
                            "ticketmesh.storage=memory",
                            "ticketmesh.mesh.cluster=test-" + UUID.randomUUID(),
                            "ticketmesh.mesh.discovery=static",
                            "ticketmesh.mesh.members=127.0.0.1:" + first,
                            "ticketmesh.mesh.bind-port=" + first,
                            "ticketmesh.registry.enabled=false"))
                    .contains("The mesh cannot be reached from")
                    .contains("and ticketmesh.mesh.bind-port to a free port");
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
    }

    /** Takes a range of ports, so that none of those that a node tries is free; returns the first. */
    private static int takeRange(List<ServerSocket> taken) throws IOException {
        for (int first = 21_000; first < 30_000; first += 50) {
            try {
                for (int port = first; port <= first + 20; port++) {
                    taken.add(new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")));
                }
                return first;
            } catch (IOException usedBySomebody) {
                for (ServerSocket socket : taken) {
                    socket.close();
                }
                taken.clear();
            }
        }
        throw new AssertionError("no range of ports is free");
    }

    @Test
    void anAddressThatOthersReachWithoutASecret(CapturedOutput output) {
        assertThat(failure(
                        output,
                        Application.class,
                        "ticketmesh.storage=memory",
                        "ticketmesh.mesh.cluster=helpdesk",
                        "ticketmesh.mesh.bind-address=192.0.2.7"))
                .contains("ticketmesh.mesh.secret")
                .contains("Action: Change the settings below ticketmesh.mesh");
    }

    @RestController
    static class OwnTickets {
        @GetMapping("/tickets/mine")
        String mine() {
            return "mine";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Clashing {
        @Bean
        OwnTickets ownTickets() {
            return new OwnTickets();
        }
    }

    @Test
    void aPathThatTheApplicationAnswersItself(CapturedOutput output) {
        assertThat(failure(output, Clashing.class, "ticketmesh.data-dir=" + data()))
                .contains("The application maps '/tickets/mine'")
                .contains("Action: Set ticketmesh.rest.path to another path");
        assertThat(data()).doesNotExist();
    }

    @Test
    void aPortOfTheWebServerThatIsTakenLeavesTheDirectoryFree(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(failure(
                            output,
                            Application.class,
                            "ticketmesh.data-dir=" + data(),
                            "server.port=" + taken.getLocalPort()))
                    .contains("Web server failed to start");
        }
        assertThat(data()).isDirectory();
        fill();
    }

    @Test
    void whichSpringBootIsTooOld() {
        assertThat(List.of("2.7.18", "3.4.13", "3.0.0-M1", "1.5")).allMatch(OnSupportedSpringBoot::isTooOld);
        assertThat(List.of("3.5.0", "3.5.16", "4.0.9", "4.1.2", "5.0.0-SNAPSHOT", "10.0.0", "unknown", ""))
                .noneMatch(OnSupportedSpringBoot::isTooOld);
        assertThat(OnSupportedSpringBoot.isTooOld(null)).isFalse();
    }
}
