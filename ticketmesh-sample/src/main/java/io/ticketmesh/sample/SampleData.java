package io.ticketmesh.sample;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.exchange.ImportReport;
import io.ticketmesh.exchange.ImportRow;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

/**
 * Fills an empty help desk with a real one: the public issue tracker of the TLS 1.3 specification. Does nothing when there is
 * any ticket, here or on another instance that it finds within {@link #FINDING}; {@code sample.data.enabled=false} leaves it out
 * altogether.
 */
@Component
@ConditionalOnProperty("sample.data.enabled")
class SampleData implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SampleData.class);

    /** How long it looks for other instances. */
    private static final Duration FINDING = Duration.ofSeconds(2);

    /** How long it waits for their tickets. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = 50_000_000;

    private final TicketMesh mesh;
    private final Resource archive;

    SampleData(TicketMesh mesh, @Value("classpath:sample-data/tls13-spec-archive.json.gz") Resource archive) {
        this.mesh = mesh;
        this.archive = archive;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (hasTickets() || othersHaveTickets()) {
            return;
        }
        try (InputStream json = new GZIPInputStream(archive.getInputStream())) {
            ImportReport report = mesh.importer("sample").githubArchive(json);
            LOG.info(
                    "Imported {} tickets of the TLS 1.3 specification's issue tracker as sample data",
                    report.total(ImportRow.Action.CREATED));
        }
    }

    private boolean hasTickets() {
        return mesh.tickets().counts().living() > 0;
    }

    private boolean othersHaveTickets() {
        boolean alone = mesh.network().kind().equals("memory");
        if (alone || !await(FINDING, this::hasCompany)) {
            return false;
        }
        // Who has just been found tells within a second what it holds.
        await(FINDING, () -> mesh.status().catchingUp());
        await(CATCHING_UP, () -> !mesh.status().catchingUp());
        return hasTickets();
    }

    private boolean hasCompany() {
        return mesh.status().members().stream().anyMatch(member -> !member.self() && member.reachable());
    }

    private static boolean await(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
