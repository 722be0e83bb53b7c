package io.ticketmesh.sample;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.exchange.ImportReport;
import io.ticketmesh.exchange.ImportRow;
import io.ticketmesh.exchange.TicketImport;
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
 * Fills a help desk with a real one, once: the public issue tracker of the TLS 1.3 specification. That it did so is remembered by the mesh, so that it
 * does nothing a second time, here or on another instance that it finds within {@link #FINDING}, whatever became of the tickets; what was
 * interrupted is finished. {@code sample.data.enabled=false} leaves it out altogether.
 */
@Component
@ConditionalOnProperty("sample.data.enabled")
class SampleData implements ApplicationRunner {
    private static final String IMPORTER = "sample";

    /** A view of the importer's own, which nobody else sees: the mesh keeps it. */
    private static final String MARK = "imported";

    private static final SavedView IMPORTED = SavedView.of("The sample data are imported", "");
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
        if (isDone() || othersHaveDoneIt()) {
            return;
        }
        try (InputStream json = new GZIPInputStream(archive.getInputStream())) {
            ImportReport report =
                    mesh.importer(IMPORTER).mode(TicketImport.Mode.CREATE).githubArchive(json);
            mesh.views(IMPORTER)
                    .put(Shelf.OWN, MARK, IMPORTED, Expectation.NONE)
                    .join();
            LOG.info(
                    "Imported {} tickets of the TLS 1.3 specification's issue tracker as sample data",
                    report.total(ImportRow.Action.CREATED));
        }
    }

    private boolean isDone() {
        return mesh.views(IMPORTER).find(Shelf.OWN, MARK).isPresent();
    }

    private boolean othersHaveDoneIt() {
        boolean alone = mesh.network().kind().equals("memory");
        if (alone || !await(FINDING, this::hasCompany)) {
            return false;
        }
        // Who has just been found tells within a second what it holds.
        await(FINDING, () -> mesh.status().catchingUp());
        await(CATCHING_UP, () -> !mesh.status().catchingUp());
        return isDone();
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
