package io.ticketmesh.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.bundle.BundleReport;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.ticket.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes with SIGKILL while they take in a bundle: read again, it is complete and nothing is there twice. */
@Tag("kill")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BundleKillIT {
    private static final int TICKETS = 4_000;
    private static final int ROUNDS = 5;
    private static final int KILLS = 2;

    @TempDir
    Path directory;

    private static BundleReport read(TicketMesh mesh, Path bundle) throws IOException {
        try (InputStream input = Files.newInputStream(bundle)) {
            return mesh.bundle().read(input);
        }
    }

    private static void fill(TicketMesh mesh) {
        for (int number = 0; number < TICKETS; number++) {
            String id = mesh.tickets("alice")
                    .create("Ticket " + number, edit -> edit.description("smoke ".repeat(100)))
                    .id()
                    .toString();
            if (number % 3 == 0) {
                mesh.tickets("bob").transition(id, Status.RESOLVED);
            } else if (number % 7 == 0) {
                mesh.tickets("bob").comment(id, "Comment");
            }
        }
    }

    private static long held(TicketMesh mesh) {
        return mesh.version().countBeyond(VersionVector.EMPTY);
    }

    @Test
    void aBundleThatWasCutOffTwiceIsFinishedByReadingItOnceMore() throws Exception {
        Path bundle = directory.resolve("bundle");
        Random random = new Random(1);
        try (TicketMesh original = TicketMesh.builder().open()) {
            fill(original);
            try (OutputStream output = Files.newOutputStream(bundle)) {
                original.bundle().write(output);
            }
            int halves = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Path home = directory.resolve("home-" + round);
                for (int kill = 0; kill < KILLS; kill++) {
                    long place = 1 + random.nextLong(Files.size(bundle) * 3 / 4);
                    try (VictimProcess victim = VictimProcess.start(BundleVictim.class, home, bundle, place)) {
                        victim.await("there");
                        victim.kill();
                    }
                }
                try (TicketMesh mesh = TicketMesh.open(home)) {
                    long held = held(mesh);
                    halves += held > 0 && held < held(original) ? 1 : 0;
                    BundleReport report = read(mesh, bundle);

                    assertThat(report.added()).isEqualTo(report.operations() - held);
                    assertThat(mesh.digest()).isEqualTo(original.digest());
                    assertThat(mesh.tickets().counts())
                            .isEqualTo(original.tickets().counts());
                    assertThat(read(mesh, bundle).added()).isZero();
                }
            }
            assertThat(halves)
                    .as("rounds in which something was there and something lacked")
                    .isPositive();
        }
    }
}
