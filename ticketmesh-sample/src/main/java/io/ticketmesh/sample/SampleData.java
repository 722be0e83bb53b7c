package io.ticketmesh.sample;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.exchange.ImportReport;
import io.ticketmesh.exchange.ImportRow;
import java.io.IOException;
import java.io.InputStream;
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
 * any ticket; {@code sample.data.enabled=false} leaves it out altogether.
 */
@Component
@ConditionalOnProperty("sample.data.enabled")
class SampleData implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SampleData.class);

    private final TicketMesh mesh;
    private final Resource archive;

    SampleData(TicketMesh mesh, @Value("classpath:sample-data/tls13-spec-archive.json.gz") Resource archive) {
        this.mesh = mesh;
        this.archive = archive;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (mesh.tickets().counts().living() > 0) {
            return;
        }
        try (InputStream json = new GZIPInputStream(archive.getInputStream())) {
            ImportReport report = mesh.importer("sample").githubArchive(json);
            LOG.info(
                    "Imported {} tickets of the TLS 1.3 specification's issue tracker as sample data",
                    report.total(ImportRow.Action.CREATED));
        }
    }
}
