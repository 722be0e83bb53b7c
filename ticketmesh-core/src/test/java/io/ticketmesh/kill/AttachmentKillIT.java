package io.ticketmesh.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.AttachmentView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes with SIGKILL while bytes of attachments come in: from people, and from another node. */
@Tag("kill")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AttachmentKillIT {
    private static final int FILES = 8;
    private static final int FILE_BYTES = 6 << 20;
    private static final int ROUNDS = 8;

    @TempDir
    Path directory;

    private static Path attachments(Path home) {
        return home.resolve("attachments");
    }

    private static List<Path> drafts(Path home) throws IOException {
        Path drafts = attachments(home).resolve("drafts");
        if (!Files.isDirectory(drafts)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(drafts)) {
            return files.toList();
        }
    }

    /** The files with names of hashes, each of which is the hash of its bytes. */
    private static List<String> wholeFiles(Path home) throws Exception {
        try (Stream<Path> files = Files.walk(attachments(home))) {
            List<Path> named = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == 64)
                    .sorted()
                    .toList();
            for (Path file : named) {
                assertThat(sha256(Files.readAllBytes(file)))
                        .isEqualTo(file.getFileName().toString());
            }
            return named.stream().map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] read(Tickets tickets, String ticket, AttachmentView attachment) throws IOException {
        try (InputStream content = tickets.openAttachment(ticket, attachment.id())) {
            return content.readAllBytes();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("the time that may be waited").isLessThan(end);
            LockSupport.parkNanos(500_000);
        }
    }

    @Test
    void anUploadThatIsKilledHalfWayLeavesNothing() throws Exception {
        Path home = directory.resolve("home");
        String ticket;
        try (VictimProcess victim = VictimProcess.start(AttachmentVictim.class, "half", home)) {
            ticket = victim.await("ticket");
            victim.await("half");
            victim.kill();
        }
        assertThat(drafts(home))
                .singleElement()
                .satisfies(half -> assertThat(Files.size(half)).isEqualTo(AttachmentVictim.HALF_BYTES));

        try (TicketMesh mesh = TicketMesh.open(home)) {
            Tickets tickets = mesh.tickets("alice");
            assertThat(drafts(home)).isEmpty();
            assertThat(wholeFiles(home)).isEmpty();
            assertThat(tickets.attachments(ticket)).isEmpty();

            byte[] content = new byte[2 * AttachmentVictim.HALF_BYTES];
            AttachmentView again = tickets.attach(ticket, "half.bin", new ByteArrayInputStream(content));
            assertThat(read(tickets, ticket, again)).isEqualTo(content);
        }
    }

    @Test
    void whatWasAnsweredIsWholeWheneverTheProcessIsKilled() throws Exception {
        Path home = directory.resolve("home");
        Map<String, String> answered = new TreeMap<>();
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            try (VictimProcess victim = VictimProcess.start(AttachmentVictim.class, "upload", home, round)) {
                victim.await("open");
                int uploads = 1 + random.nextInt(6);
                for (int upload = 0; upload < uploads; upload++) {
                    String[] words = victim.await("attached").split(" ");
                    answered.put(words[0], words[1]);
                }
                LockSupport.parkNanos(random.nextInt(20_000_000)); // into the middle of the next one
                victim.kill();
            }
            try (TicketMesh mesh = TicketMesh.open(home)) {
                assertThat(drafts(home)).isEmpty();
                List<String> whole = wholeFiles(home);
                answered.forEach((ticket, hash) -> {
                    assertThat(mesh.tickets().attachments(ticket))
                            .extracting(attachment -> attachment.hash().toString())
                            .containsExactly(hash);
                    assertThat(whole).contains(hash);
                });
            }
        }
    }

    @Test
    void aFetchThatIsKilledHalfWayIsDoneAgain() throws Exception {
        String cluster = "test-" + UUID.randomUUID();
        Path home = directory.resolve("there");
        try (TicketMesh here = TicketMesh.open(
                builder -> builder.directory(directory.resolve("here")).mesh(AttachmentVictim.mesh(cluster)))) {
            String ticket = here.tickets().create("Printer").id().toString();
            for (int number = 0; number < FILES; number++) {
                byte[] content = new byte[FILE_BYTES];
                new Random(number).nextBytes(content);
                here.tickets().attach(ticket, number + ".bin", new ByteArrayInputStream(content));
            }
            List<String> hashes = here.tickets().attachments(ticket).stream()
                    .map(attachment -> attachment.hash().toString())
                    .sorted()
                    .toList();
            try (VictimProcess victim = VictimProcess.start(AttachmentVictim.class, "fetch", home, cluster)) {
                await(() -> !drafts(home).isEmpty());
                victim.kill();
            }
            assertThat(drafts(home)).as("what it was fetching").isNotEmpty();
            assertThat(wholeFiles(home)).hasSizeLessThan(FILES);

            try (VictimProcess again = VictimProcess.start(AttachmentVictim.class, "fetch", home, cluster)) {
                again.await("open");
                await(() -> drafts(home).isEmpty() && count(home) == FILES);
                again.kill();
            }
            assertThat(wholeFiles(home)).isEqualTo(hashes);
            try (TicketMesh there = TicketMesh.open(home)) {
                for (AttachmentView attachment : there.tickets().attachments(ticket)) {
                    assertThat(sha256(read(there.tickets(), ticket, attachment)))
                            .isEqualTo(attachment.hash().toString());
                }
            }
        }
    }

    private static long count(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(attachments(home), 2)) {
            return files.filter(file -> file.getFileName().toString().length() == 64)
                    .count();
        }
    }
}
