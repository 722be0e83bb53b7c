package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.ticket.TicketView;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's programs read what is exported as it is meant, and what they make of it is imported as it was. */
class ForeignCsvTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44})
    void anotherParserReadsEveryCellAsItIsMeant(long seed) throws IOException {
        try (RandomTickets here = new RandomTickets(seed, 400)) {
            List<CSVRecord> records = parsed(RoundTripTest.csv(here.mesh()));

            assertThat(records).hasSizeGreaterThan(20);
            for (CSVRecord cells : records) {
                TicketView ticket = here.mesh().tickets("reader").get(cells.get("id"));
                for (SheetColumn column : SheetColumn.ALL) {
                    String meant = Objects.requireNonNullElse(column.cell().apply(ticket), "");
                    String cell = cells.get(column.name());
                    assertThat(cell).as(column.name()).isEqualTo(CellGuard.guarded(meant));
                    assertThat(cell.isEmpty() || "=+-@\t\r\n".indexOf(cell.charAt(0)) < 0)
                            .as("%s is no formula: %s", column.name(), cell)
                            .isTrue();
                }
            }
        }
    }

    static Stream<CSVFormat> dialects() {
        return Stream.of(
                CSVFormat.RFC4180,
                CSVFormat.EXCEL,
                CSVFormat.EXCEL.builder().setDelimiter(';').get(),
                CSVFormat.RFC4180.builder().setDelimiter('\t').get(),
                CSVFormat.RFC4180.builder().setRecordSeparator('\n').get(),
                CSVFormat.RFC4180
                        .builder()
                        .setQuoteMode(QuoteMode.ALL)
                        .setRecordSeparator('\r')
                        .get());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatAnotherProgramWritesAnewIsImportedAsItWas(CSVFormat dialect) throws IOException {
        try (RandomTickets here = new RandomTickets(45, 300)) {
            String exported = RoundTripTest.csv(here.mesh());
            StringWriter anew = new StringWriter();
            anew.append('\uFEFF');
            try (CSVPrinter printer = new CSVPrinter(anew, dialect)) {
                printer.printRecord(header());
                printer.printRecords(parsed(exported));
            }

            assertImportedAsItWas(anew.toString(), exported);
        }
    }

    /** The {@code csv} module of Python, which half of the world's scripts use. */
    @Test
    void pythonReadsAndWritesIt() throws Exception {
        assumeThat(python("pass")).as("python3 runs here").isZero();
        try (RandomTickets here = new RandomTickets(46, 400)) {
            String exported = RoundTripTest.csv(here.mesh());
            Files.writeString(directory.resolve("exported.csv"), exported);

            int status = python("""
                    import csv
                    with open('exported.csv', newline='', encoding='utf-8') as file:
                        records = list(csv.reader(file, strict=True))
                    with open('anew.csv', 'w', newline='', encoding='utf-8-sig') as file:
                        csv.writer(file, delimiter=';', quoting=csv.QUOTE_NONNUMERIC, lineterminator='\\n').writerows(records)
                    """);

            assertThat(status)
                    .as(Files.readString(directory.resolve("printed.txt")))
                    .isZero();
            assertImportedAsItWas(Files.readString(directory.resolve("anew.csv")), exported);
        }
    }

    private static void assertImportedAsItWas(String csv, String exported) throws IOException {
        try (TicketMesh there = RandomTickets.emptyDesk()) {
            ImportReport report = there.importer("importer").csv(RoundTripTest.stream(csv));

            assertThat(report.fault()).isNull();
            assertThat(report.rows()).extracting(ImportRow::action).containsOnly(Action.CREATED);
            List<CSVRecord> found = parsed(RoundTripTest.csv(there));
            List<CSVRecord> expected = parsed(exported);
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(stored(found.get(i))).isEqualTo(stored(expected.get(i)));
            }
        }
    }

    /** Without what is computed from comments and from the way of the status, which a sheet does not hold. */
    private static List<String> stored(CSVRecord record) {
        List<String> cells = record.toList();
        return cells.subList(0, cells.size() - 3);
    }

    private static List<String> header() {
        List<String> header =
                new ArrayList<>(SheetColumn.ALL.stream().map(SheetColumn::name).toList());
        header.add(SheetColumn.COMMENT_COUNT);
        return header;
    }

    private static List<CSVRecord> parsed(String csv) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(csv), format)) {
            return parser.getRecords();
        }
    }

    private int python(String program) throws IOException, InterruptedException {
        File printed = directory.resolve("printed.txt").toFile();
        try {
            Process process = new ProcessBuilder("python3", "-c", program)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("python3 did not end within a minute");
            }
            return process.exitValue();
        } catch (IOException absent) {
            Files.writeString(printed.toPath(), String.valueOf(absent.getMessage()), UTF_8);
            return -1;
        }
    }
}
