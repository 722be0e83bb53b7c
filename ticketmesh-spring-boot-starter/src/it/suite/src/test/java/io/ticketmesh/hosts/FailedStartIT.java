package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each foreseeable mistake ends the start with a cause and something to do, and without a stack trace. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailedStartIT {
    private static final Launch PLAIN = Launch.of("plain", "com.example.plain.PlainApplication");

    @TempDir
    Path directory;

    private final int port = Host.freePort();

    private Host start(Launch launch) {
        return launch.with("--server.port=" + port).in(directory.resolve("work"));
    }

    private void fails(Launch launch, String... causeAndAction) {
        try (Host host = start(launch)) {
            assertThat(host.status()).as(host.log()).isEqualTo(1);
            assertThat(host.log())
                    .contains("APPLICATION FAILED TO START", "Description:", "Action:")
                    .contains(causeAndAction)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aPathOfItsOwn() {
        fails(
                PLAIN.with("--plain.sells-tickets=true"),
                "The application maps '/tickets'",
                "Set ticketmesh.rest.path to another path");
        try (Host moved = start(PLAIN.with("--plain.sells-tickets=true", "--ticketmesh.rest.path=/desk"))) {
            Web web = moved.web(port);
            assertThat(web.get("/tickets").body()).isEqualTo("two seats left");
            assertThat(web.get("/desk").body()).startsWith("{\"items\":[]");
        }
    }

    @Test
    void aDirectoryThatAnotherProcessUses() {
        int other = Host.freePort();
        try (Host first = PLAIN.with("--server.port=" + other).in(directory.resolve("work"))) {
            first.web(other);
            fails(PLAIN, "process " + first.pid(), "Set ticketmesh.data-dir to a directory of its own");
            assertThat(new Web(other).get("/tickets").statusCode())
                    .as("the first goes on")
                    .isEqualTo(200);
        }
    }

    @Test
    void aDirectoryThatMustNotBeWritten() throws IOException {
        Path closed = Files.createDirectories(directory.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        fails(
                withoutPowerOverFiles(PLAIN).with("--ticketmesh.data-dir=" + closed.resolve("tickets")),
                closed + "/tickets could not be opened",
                "the right to read and write");
    }

    /** For the root user, too, whom the kernel would let write everywhere. */
    private static Launch withoutPowerOverFiles(Launch launch) {
        boolean root = System.getProperty("user.name").equals("root");
        return root ? launch.wrappedBy("setpriv", "--bounding-set=-dac_override,-dac_read_search") : launch;
    }

    @Test
    void aDirectoryOfALaterVersion() throws IOException {
        try (Host host = start(PLAIN)) {
            host.web(port);
            host.stop();
        }
        Path node = directory.resolve("work/ticketmesh/application/node");
        Files.write(node, withFormat(99, Files.readAllBytes(node)));
        fails(PLAIN, "it has format 99", "Start the version that wrote it, or a later one");
    }

    /** The file that says whose directory it is: eight bytes of magic, the format, sixteen of identity, and a checksum of all these. */
    private static byte[] withFormat(int format, byte[] node) {
        ByteBuffer bytes = ByteBuffer.wrap(node).putInt(8, format);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(0, 28));
        bytes.putInt(28, (int) checksum.getValue());
        return node;
    }

    @Test
    void aDirectoryOfSomethingElse() throws IOException {
        Path photos = Files.createDirectories(directory.resolve("photos"));
        Files.writeString(photos.resolve("cat.jpg"), "a cat");
        fails(PLAIN.with("--ticketmesh.data-dir=" + photos), "such as 'cat.jpg'", "Set ticketmesh.data-dir");
        assertThat(photos).isDirectoryContaining("glob:**/cat.jpg");
    }

    @Test
    void aFileInPlaceOfTheDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        fails(PLAIN.with("--ticketmesh.data-dir=" + file), file.toString(), "There is a file where the directory");
    }

    @Test
    void aNetworkWithoutASecret() {
        fails(
                PLAIN.with("--ticketmesh.mesh.cluster=desk", "--ticketmesh.mesh.bind-address=192.0.2.1"),
                "192.0.2.1",
                "ticketmesh.mesh");
    }

    @Test
    void aSettingThatCannotBe() {
        fails(PLAIN.with("--ticketmesh.rest.path=tickets/"), "ticketmesh.rest", "tickets/", "must begin with a slash");
    }

    @Test
    void aLineOfSpringBootThatIsTooOld() {
        fails(PLAIN.withDependenciesOf("outdated"), "runs Spring Boot 2.7.18", "Update Spring Boot to 3.5 or later");
    }
}
