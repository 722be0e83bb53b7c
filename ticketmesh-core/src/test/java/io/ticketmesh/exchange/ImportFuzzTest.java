package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with bytes changed, cut and repeated: whatever they hold, the answer is a report, and the node goes on. */
class ImportFuzzTest {
    private static final int ROUNDS = 120;

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void brokenFilesGiveReports(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] ndjson;
        byte[] csv;
        byte[] archive;
        try (RandomTickets tickets = new RandomTickets(seed, 60);
                InputStream fixture = ImportFuzzTest.class.getResourceAsStream("github-archive.json")) {
            ndjson = RoundTripTest.ndjson(tickets.mesh()).getBytes(UTF_8);
            csv = RoundTripTest.csv(tickets.mesh()).getBytes(UTF_8);
            archive = fixture.readAllBytes();
        }
        try (TicketMesh mesh = RandomTickets.emptyDesk()) {
            TicketImport importer = mesh.importer("importer");
            for (int i = 0; i < ROUNDS; i++) {
                TicketImport some = importer.dryRun(random.nextBoolean()).truncating(random.nextBoolean());
                ImportReport lines = some.ndjson(broken(ndjson, random));
                ImportReport sheet = some.csv(broken(csv, random));
                ImportReport issues = some.githubArchive(broken(archive, random));
                assertThat(lines.fault()).isNull();
                assertThat(sheet.total() > 0 || sheet.fault() != null).isTrue();
                assertThat(issues.total() > 0 || issues.fault() != null || issues.passedOver() == 2)
                        .isTrue();
            }
            assertThat(mesh.refusal()).isNull();
            String exported = RoundTripTest.ndjson(mesh);
            assertThat(exported).isNotEmpty();
            try (TicketMesh other = RandomTickets.emptyDesk()) {
                other.importer("importer").ndjson(RoundTripTest.stream(exported));
                assertThat(RoundTripTest.ndjson(other).equals(exported)).isTrue();
            }
        }
    }

    private static InputStream broken(byte[] file, Random random) {
        byte[] bytes = file.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(3) > 0) {
                bytes[at] = (byte) "\"{}[]:,0nul\\\n;'=\u0000x-".charAt(random.nextInt(19));
            } else if (random.nextBoolean()) {
                bytes[at] = (byte) random.nextInt(256);
            } else {
                int length = Math.min(random.nextInt(200), bytes.length - at);
                System.arraycopy(file, random.nextInt(file.length - length), bytes, at, length);
            }
        }
        return new ByteArrayInputStream(bytes, 0, random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }
}
