package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.bundle.BundleReport;
import io.ticketmesh.bundle.DamagedBundleException;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.ticket.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BundleTest {
    private final Group group = new Group();

    @AfterEach
    void close() {
        group.close();
    }

    private static void fill(TicketMesh node, int tickets) {
        for (int number = 0; number < tickets; number++) {
            String id = node.tickets("alice")
                    .create("Ticket " + number, edit -> edit.tag("t").description("d".repeat(500)))
                    .id()
                    .toString();
            node.tickets("bob").comment(id, "Comment");
            if (number % 3 == 0) {
                node.tickets("bob").transition(id, Status.RESOLVED);
            } else if (number % 7 == 0) {
                node.tickets().purge(id);
            }
        }
    }

    private static byte[] bundleOf(TicketMesh node) throws IOException {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        BundleReport report = node.bundle().write(bundle);
        assertThat(report.operations())
                .isEqualTo(node.version().countBeyond(io.ticketmesh.causality.VersionVector.EMPTY));
        return bundle.toByteArray();
    }

    private static BundleReport read(TicketMesh node, byte[] bundle) throws IOException {
        return node.bundle().read(new ByteArrayInputStream(bundle));
    }

    @Test
    void aNewNodeThatReadsItHoldsTheSameAndReadingItAgainChangesNothing(@TempDir Path directory) throws Exception {
        TicketMesh one = group.open();
        TicketMesh two = group.open();
        fill(one, 100);
        group.converge();
        fill(two, 50);
        group.converge();
        byte[] bundle = bundleOf(one);

        String digest;
        try (TicketMesh seeded = TicketMesh.open(directory)) {
            BundleReport report = read(seeded, bundle);
            assertThat(report.added()).isEqualTo(report.operations());
            assertThat(seeded.version().dominates(one.version())).isTrue();
            assertThat(seeded.digest()).isEqualTo(one.digest());
            assertThat(read(seeded, bundle).added()).isZero();
            digest = seeded.digest();
        }
        try (TicketMesh seeded = TicketMesh.open(directory)) {
            assertThat(seeded.digest()).isEqualTo(digest);
            assertThat(bundleOf(seeded)).hasSize(bundle.length);
        }
    }

    @Test
    void whatOneNodeReadsSpreadsToTheOthers() throws Exception {
        byte[] bundle;
        try (TicketMesh elsewhere = TicketMesh.builder().open()) {
            fill(elsewhere, 40);
            bundle = bundleOf(elsewhere);
        }
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        fill(there, 10);
        long operations = read(here, bundle).added();
        group.converge();

        assertThat(operations).isPositive();
        assertThat(there.digest()).isEqualTo(here.digest());
        assertThat(there.tickets().counts().living())
                .isEqualTo(here.tickets().counts().living());
    }

    @Test
    void whatIsCutIsRefusedWhereItEndsAndReadAgainItIsFinished() throws Exception {
        byte[] bundle;
        try (TicketMesh one = TicketMesh.builder().open()) {
            fill(one, 300);
            bundle = bundleOf(one);
        }
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            int length = round == 0 ? bundle.length - 1 : random.nextInt(bundle.length);
            byte[] cut = java.util.Arrays.copyOf(bundle, length);
            try (TicketMesh node = TicketMesh.builder().open()) {
                DamagedBundleException refused =
                        catchThrowableOfType(DamagedBundleException.class, () -> read(node, cut));
                assertThat(refused).hasMessageContaining("too early");
                assertThat(refused.offset()).isLessThanOrEqualTo(length);
                long stored = node.version().countBeyond(io.ticketmesh.causality.VersionVector.EMPTY);
                BundleReport whole = read(node, bundle);
                assertThat(whole.added()).isEqualTo(whole.operations() - stored);
            }
        }
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() throws Exception {
        byte[] bundle;
        try (TicketMesh one = TicketMesh.builder().open()) {
            fill(one, 30);
            bundle = bundleOf(one);
        }
        Random random = new Random(11);
        try (TicketMesh node = TicketMesh.builder().open()) {
            for (int round = 0; round < 300; round++) {
                int place = round < 60 ? round : random.nextInt(bundle.length);
                byte[] flipped = bundle.clone();
                flipped[place] ^= (byte) (1 << random.nextInt(8));
                assertThatThrownBy(() -> read(node, flipped))
                        .as("bit of byte %d", place)
                        .isInstanceOf(DamagedBundleException.class);
            }
            byte[] longer = java.util.Arrays.copyOf(bundle, bundle.length + 1);
            assertThatThrownBy(() -> read(node, longer)).isInstanceOf(DamagedBundleException.class);
            assertThatThrownBy(() -> read(node, new byte[0])).isInstanceOf(DamagedBundleException.class);
            assertThat(read(node, bundle).operations()).isPositive();
        }
    }

    @Test
    void aNodeThatTakesNoWritesTakesNone() throws Exception {
        byte[] bundle;
        try (TicketMesh one = TicketMesh.builder().open()) {
            fill(one, 3);
            bundle = bundleOf(one);
        }
        TicketMesh node = group.open(builder -> builder.readOnly(true));
        assertThatThrownBy(() -> read(node, bundle)).isInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> node.bundle().read(InputStream.nullInputStream()))
                .isInstanceOf(DamagedBundleException.class);
    }
}
