package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.attachment.AttachmentOptions;
import io.ticketmesh.attachment.AttachmentTooLargeException;
import io.ticketmesh.attachment.BytesAwayException;
import io.ticketmesh.attachment.MediaTypeRefusedException;
import io.ticketmesh.attachment.Rounds;
import io.ticketmesh.blob.NoRoomException;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.store.LockedDirectoryException;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.AttachmentView;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.UnknownTicketException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AttachmentsTest {
    /** What is not used goes at once. */
    private static final Rounds QUICK = new Rounds(20, 20, 20, 0);

    /** Where bytes are attached that no ticket refers to yet: those are left alone for longer than an attach takes. */
    private static final Rounds QUICK_WITH_GRACE = new Rounds(20, 20, 20, 2_000);

    @TempDir
    private Path temporary;

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(Tickets tickets, String ticket, AttachmentId id) {
        try (InputStream content = tickets.openAttachment(ticket, id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Waiting.until(condition);
    }

    /** All but the lock, also those that are being written. */
    private static long filesIn(Path directory) {
        return files(directory, name -> !name.equals("lock"));
    }

    /** Those whose bytes are all there. */
    private static long keptIn(Path directory) {
        return files(directory, AttachmentsTest::isHash);
    }

    private static boolean isHash(String name) {
        return name.length() == 64;
    }

    private static long files(Path directory, Predicate<String> names) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> names.test(file.getFileName().toString()))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileIsAttachedReadAndTakenOff() throws IOException {
        Path file = temporary.resolve("report.txt");
        Files.writeString(file, "It burns");
        try (TicketMesh mesh = TicketMesh.open(temporary.resolve("tickets"))) {
            Tickets alice = mesh.tickets("alice");
            String ticket = alice.create("Printer on fire").id().toString();

            AttachmentView added = alice.attach(ticket, file);

            assertThat(added.name()).isEqualTo("report.txt");
            assertThat(added.size()).isEqualTo(8);
            assertThat(added.mediaType()).isEqualTo("text/plain");
            assertThat(added.addedBy()).isEqualTo("alice");
            assertThat(alice.attachments(ticket)).containsExactly(added);
            assertThat(read(alice, ticket, added.id())).asString().isEqualTo("It burns");
            assertThat(alice.history(ticket).get(1).changes())
                    .containsExactly(new FieldChange("attachments", null, List.of("report.txt"), null));

            assertThat(alice.detach(ticket, added.id()).attachments()).isEmpty();
            assertThatThrownBy(() -> alice.openAttachment(ticket, added.id()))
                    .isInstanceOf(UnknownTicketException.class);
            String etag = alice.get(ticket).etag();
            assertThat(alice.detach(ticket, added.id()).etag())
                    .as("a second time")
                    .isEqualTo(etag);
        }
    }

    @Test
    void attachmentsOutliveTheNodeAndAreInItsBackup() {
        String ticket;
        AttachmentId id;
        byte[] content = random(300_000);
        try (TicketMesh mesh = TicketMesh.open(temporary.resolve("tickets"))) {
            ticket = mesh.tickets().create("Printer").id().toString();
            id = mesh.tickets()
                    .attach(ticket, "noise.bin", new ByteArrayInputStream(content))
                    .id();
        }
        try (TicketMesh mesh = TicketMesh.open(temporary.resolve("tickets"))) {
            assertThat(read(mesh.tickets(), ticket, id)).isEqualTo(content);
            mesh.backup(temporary.resolve("copy"));
        }
        try (TicketMesh copy = TicketMesh.open(temporary.resolve("copy"))) {
            assertThat(read(copy.tickets(), ticket, id)).isEqualTo(content);
        }
    }

    @Test
    void whatATicketWouldNotTakeLeavesNothing() {
        Path directory = temporary.resolve("tickets");
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            Tickets alice = mesh.tickets("alice");
            String ticket = alice.create("Printer").id().toString();
            String etag = alice.get(ticket).etag();
            InputStream tooMuch = new ByteArrayInputStream(random((int) Attachment.MAX_BYTES + 1));

            assertThatThrownBy(() -> alice.attach(ticket, "big.bin", tooMuch))
                    .isInstanceOfSatisfying(
                            AttachmentTooLargeException.class,
                            refused -> assertThat(refused.maxBytes()).isEqualTo(Attachment.MAX_BYTES));
            assertThatThrownBy(() -> alice.attach(ticket, "..", stream("x")))
                    .isInstanceOf(InvalidChangeException.class);
            assertThatThrownBy(() -> alice.attach(ticket, "x".repeat(256), stream("x")))
                    .isInstanceOf(InvalidChangeException.class);
            assertThatThrownBy(() -> alice.attach("TM-00000000", "x", stream("x")))
                    .isInstanceOf(UnknownTicketException.class);
            assertThatThrownBy(() -> alice.attach(ticket, temporary.resolve("absent")))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(alice.get(ticket).etag()).isEqualTo(etag);
            assertThat(filesIn(directory.resolve("attachments"))).isZero();

            AttachmentView largest =
                    alice.attach(ticket, "full.bin", new ByteArrayInputStream(random((int) Attachment.MAX_BYTES)));
            assertThat(largest.size()).isEqualTo(Attachment.MAX_BYTES);
            alice.delete(ticket);
            assertThatThrownBy(() -> alice.attach(ticket, "x", stream("x"))).isInstanceOf(GoneTicketException.class);
        }
    }

    @Test
    void aTicketHasAtMostTwentyAttachments() {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            Tickets alice = mesh.tickets("alice");
            String ticket = alice.create("Printer").id().toString();
            for (int i = 0; i < 20; i++) {
                alice.attach(ticket, "same.txt", stream("same"));
            }
            assertThatThrownBy(() -> alice.attach(ticket, "one more", new InputStream() {
                        @Override
                        public int read() {
                            throw new AssertionError("nothing is read of what cannot be taken");
                        }
                    }))
                    .isInstanceOfSatisfying(
                            InvalidChangeException.class,
                            refused -> assertThat(refused.code()).isEqualTo("too-many"));
            assertThat(alice.attachments(ticket)).hasSize(20).isSorted();
        }
    }

    @Test
    void optionsSayWhatIsTaken() {
        AttachmentOptions images = AttachmentOptions.DEFAULT
                .withMaxBytes(1_000)
                .withMediaTypes(List.of("image/*"))
                .withDirectory(temporary.resolve("elsewhere"));
        try (TicketMesh mesh = TicketMesh.open(
                builder -> builder.directory(temporary.resolve("tickets")).attachments(images))) {
            Tickets alice = mesh.tickets("alice");
            String ticket = alice.create("Printer").id().toString();
            assertThatThrownBy(() -> alice.attach(ticket, "photo.png", stream("<html>")))
                    .isInstanceOfSatisfying(MediaTypeRefusedException.class, refused -> {
                        assertThat(refused.mediaType()).isEqualTo("text/html");
                        assertThat(refused.allowed()).containsExactly("image/*");
                    });
            byte[] gif = new byte[1_001];
            System.arraycopy("GIF89a".getBytes(StandardCharsets.US_ASCII), 0, gif, 0, 6);
            assertThatThrownBy(() -> alice.attach(ticket, "a.gif", new ByteArrayInputStream(gif)))
                    .isInstanceOf(AttachmentTooLargeException.class);
            alice.attach(ticket, "a.gif", new ByteArrayInputStream(gif, 0, 1_000));
            assertThat(filesIn(temporary.resolve("elsewhere"))).isEqualTo(1);
            assertThatThrownBy(() -> TicketMesh.open(builder ->
                            builder.directory(temporary.resolve("others")).attachments(images)))
                    .isInstanceOf(LockedDirectoryException.class);
        }
    }

    @Test
    void aFullDiskTakesNoAttachmentsAndStillTakesTickets() {
        Path directory = temporary.resolve("tickets");
        try (TicketMesh mesh = TicketMesh.open(builder ->
                builder.directory(directory).attachments(AttachmentOptions.DEFAULT.withMinFreeBytes(Long.MAX_VALUE)))) {
            Tickets alice = mesh.tickets("alice");
            String ticket = alice.create("Printer").id().toString();
            assertThatThrownBy(() -> alice.attach(ticket, "x", stream("x"))).isInstanceOf(NoRoomException.class);
            assertThat(alice.comment(ticket, "Still here").body()).isEqualTo("Still here");
            assertThat(mesh.attachments().statistics().failed()).isEqualTo(1);
            assertThat(filesIn(directory.resolve("attachments"))).isZero();
        }
    }

    @Test
    void bytesThatNoTicketRefersToGo() throws IOException {
        Path directory = temporary.resolve("tickets");
        try (TicketMesh mesh =
                TicketMesh.open(builder -> builder.directory(directory).rounds(QUICK_WITH_GRACE))) {
            Tickets alice = mesh.tickets("alice");
            String one = alice.create("One").id().toString();
            String two = alice.create("Two").id().toString();
            AttachmentId shared =
                    alice.attach(one, "shared.txt", stream("shared")).id();
            AttachmentView same = alice.attach(two, "shared.txt", stream("shared"));
            alice.attach(two, "own.txt", stream("own"));
            alice.delete(two);
            mesh.attachments().store(stream("an upload that came to nothing"), null);

            alice.detach(one, shared);
            await(() -> keptIn(directory.resolve("attachments")) == 2);
            alice.restore(two);
            assertThat(read(alice, two, same.id())).asString().isEqualTo("shared");

            alice.purge(two);
            await(() -> filesIn(directory.resolve("attachments")) == 0);
        }
    }

    @Test
    void bytesComeToAllNodesAndToLateOnes() throws InterruptedException {
        byte[] content = random(1_000_000);
        try (Group group = new Group()) {
            TicketMesh alice = group.open();
            TicketMesh bob = group.open(builder -> builder.directory(temporary.resolve("bob")));
            String ticket = alice.tickets("alice").create("Printer").id().toString();
            AttachmentId id = alice.tickets("alice")
                    .attach(ticket, "noise.bin", new ByteArrayInputStream(content))
                    .id();
            group.converge();
            await(() -> keptIn(temporary.resolve("bob").resolve("attachments")) == 1);
            assertThat(read(bob.tickets(), ticket, id)).isEqualTo(content);

            alice.close();
            TicketMesh carol = group.open(builder -> builder.directory(temporary.resolve("carol")));
            await(() -> carol.tickets().find(ticket) != null);
            await(() -> keptIn(temporary.resolve("carol").resolve("attachments")) == 1);
            assertThat(read(carol.tickets(), ticket, id)).isEqualTo(content);
        }
    }

    @Test
    void bothSidesOfAPartitionAttachAndTakeOffAndBothAreRight() throws InterruptedException {
        try (Group group = new Group()) {
            TicketMesh one = group.open();
            TicketMesh two = group.open();
            Tickets alice = one.tickets("alice");
            Tickets bob = two.tickets("bob");
            String ticket = alice.create("Printer").id().toString();
            AttachmentId early =
                    alice.attach(ticket, "early.txt", stream("early")).id();
            group.converge();
            await(() -> !awaitsBytes(two));

            group.cut();
            AttachmentId fromAlice =
                    alice.attach(ticket, "alice.txt", stream("from alice")).id();
            bob.detach(ticket, early);
            AttachmentId fromBob =
                    bob.attach(ticket, "bob.txt", stream("from bob")).id();
            assertThat(read(alice, ticket, early)).asString().isEqualTo("early");
            group.heal();
            group.converge();

            for (Tickets tickets : List.of(alice, bob)) {
                assertThat(tickets.attachments(ticket))
                        .extracting(AttachmentView::name)
                        .containsExactlyInAnyOrder("alice.txt", "bob.txt");
                assertThat(read(tickets, ticket, fromAlice)).asString().isEqualTo("from alice");
                assertThat(read(tickets, ticket, fromBob)).asString().isEqualTo("from bob");
            }
            assertThat(one.digest()).isEqualTo(two.digest());
        }
    }

    /** The only file of a node, after a byte in it was changed by nobody. */
    private static Path rot(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("attachments"), 2)) {
            Path file = files.filter(Files::isRegularFile)
                    .filter(path -> isHash(path.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
            byte[] content = Files.readAllBytes(file);
            content[content.length / 2] ^= 1;
            Files.write(file, content);
            return file;
        }
    }

    @Test
    void bytesThatHaveRottedAreNeverGivenOutAndComeFromAnotherNode() throws Exception {
        byte[] content = random(300_000);
        Path there = temporary.resolve("bob");
        try (Group group = new Group()) {
            TicketMesh alice = group.open();
            String ticket = alice.tickets("alice").create("Printer").id().toString();
            AttachmentId id = alice.tickets("alice")
                    .attach(ticket, "noise.bin", new ByteArrayInputStream(content))
                    .id();
            try (TicketMesh bob = group.open(builder -> builder.directory(there))) {
                group.converge();
                await(() -> keptIn(there.resolve("attachments")) == 1);
            }
            Path file = rot(there);

            TicketMesh again = group.open(builder -> builder.directory(there));
            await(() -> again.status().members().stream().anyMatch(member -> !member.self() && member.reachable()));
            assertThat(read(again.tickets(), ticket, id)).isEqualTo(content);

            assertThat(file).hasBinaryContent(content);
            assertThat(again.attachments().statistics().damaged()).isEqualTo(1);
            assertThat(again.attachments().statistics().fetched()).isEqualTo(1);
        }
    }

    @Test
    void bytesThatRotWhileNobodyReadsThemAreFoundAndRepaired() throws Exception {
        byte[] content = random(200_000);
        Path there = temporary.resolve("bob");
        try (Group group = new Group()) {
            TicketMesh alice = group.open();
            TicketMesh bob = group.open(builder -> builder.directory(there).rounds(QUICK));
            String ticket = alice.tickets("alice").create("Printer").id().toString();
            alice.tickets("alice").attach(ticket, "noise.bin", new ByteArrayInputStream(content));
            group.converge();
            await(() -> bob.attachments().statistics().kept() == 1);
            assertThat(bob.attachments().statistics().keptBytes()).isEqualTo(200_000);
            Path file = rot(there);

            await(() -> bob.attachments().statistics().damaged() == 1);
            await(() -> bob.attachments().statistics().fetched() == 2);

            assertThat(file).hasBinaryContent(content);
        }
    }

    @Test
    void whoIsAloneSaysThatBytesAreMissingAndTakesThemAgain() throws Exception {
        Path directory = temporary.resolve("tickets");
        String ticket;
        AttachmentId id;
        try (TicketMesh mesh = TicketMesh.open(directory)) {
            ticket = mesh.tickets().create("Printer").id().toString();
            id = mesh.tickets().attach(ticket, "x.txt", stream("It burns")).id();
        }
        rot(directory);
        AttachmentOptions impatient = AttachmentOptions.DEFAULT.withFetchWait(Duration.ofMillis(100));
        try (TicketMesh mesh = TicketMesh.open(
                builder -> builder.directory(directory).rounds(QUICK).attachments(impatient))) {
            assertThatThrownBy(() -> mesh.tickets().openAttachment(ticket, id)).isInstanceOf(BytesAwayException.class);
            await(() -> mesh.attachments().statistics().missing() == 1);

            mesh.tickets().attach(ticket, "again.txt", stream("It burns"));

            assertThat(read(mesh.tickets(), ticket, id)).asString().isEqualTo("It burns");
            assertThat(mesh.attachments().statistics().stored()).isEqualTo(1);
            assertThat(mesh.attachments().statistics().storedBytes()).isEqualTo(8);
            await(() -> mesh.attachments().statistics().missing() == 0);
        }
    }

    private static boolean awaitsBytes(TicketMesh mesh) {
        return mesh.attachments().missing() > 0;
    }

    @Test
    void bytesThatNobodyCanSendAreAwayForNow() throws InterruptedException {
        AttachmentOptions impatient = AttachmentOptions.DEFAULT.withFetchWait(Duration.ofMillis(300));
        try (Group group = new Group()) {
            TicketMesh alice = group.open(builder -> builder.directory(temporary.resolve("alice")));
            TicketMesh bob = group.open(builder -> builder.directory(temporary.resolve("bob"))
                    .attachments(impatient.withMinFreeBytes(Long.MAX_VALUE)));
            String ticket = alice.tickets("alice").create("Printer").id().toString();
            AttachmentId id =
                    alice.tickets("alice").attach(ticket, "x", stream("x")).id();
            group.converge();

            assertThatThrownBy(() -> bob.tickets().openAttachment(ticket, id)).isInstanceOf(BytesAwayException.class);

            bob.close();
            TicketMesh again = group.open(
                    builder -> builder.directory(temporary.resolve("bob")).attachments(impatient));
            await(() -> keptIn(temporary.resolve("bob").resolve("attachments")) == 1);
            assertThat(read(again.tickets(), ticket, id)).asString().isEqualTo("x");
        }
    }
}
