package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.ticket.Criteria;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.SetTitle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.Sort;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SearchRecoveryTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final Desk desk = new Desk();
    private TicketId printer = new TicketId(0, 0);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** What is said of an index that is opened. */
    private final ListAppender<ILoggingEvent> opening = new ListAppender<>();

    @BeforeEach
    void hearTheLog() {
        hear(StoreFollower.class, log);
        hear(TicketIndex.class, opening);
    }

    private static void hear(Class<?> speaker, ListAppender<ILoggingEvent> listener) {
        Logger logger = (Logger) LoggerFactory.getLogger(speaker);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        logger.addAppender(listener);
        listener.start();
    }

    @AfterEach
    void leaveTheLog() {
        leave(StoreFollower.class, log);
        leave(TicketIndex.class, opening);
    }

    private static void leave(Class<?> speaker, ListAppender<ILoggingEvent> listener) {
        Logger logger = (Logger) LoggerFactory.getLogger(speaker);
        logger.detachAppender(listener);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @BeforeEach
    void writeAndStopCleanly() {
        printer = desk.create("printer");
        desk.create("fax");
        try (LuceneSearchIndex index = open()) {
            assertThat(found(index)).containsExactly(printer);
        }
    }

    @Test
    void afterACleanStopNothingIsReadAgain() {
        WatchedStore watched = new WatchedStore(desk.store);
        try (LuceneSearchIndex index = LuceneSearchIndex.open(watched.reader(), directory)) {
            assertThat(index.status()).isEqualTo(new SearchStatus(2, 0, Optional.empty()));
            TicketId second = desk.create("another printer");
            assertThat(found(index)).containsExactly(second, printer);
        }
        assertThat(watched.wasReadFromTheBeginning()).isFalse();
        assertThat(opening.list).isEmpty();
    }

    @Test
    void anIndexOfAnotherFormatIsBuiltAgain() throws IOException {
        try (Directory files = FSDirectory.open(directory);
                IndexWriter writer = new IndexWriter(files, new IndexWriterConfig().setIndexSort(indexSort(files)))) {
            Map<String, String> noted = new HashMap<>();
            writer.getLiveCommitData().forEach(entry -> noted.put(entry.getKey(), entry.getValue()));
            assertThat(noted.put("format", "1")).isEqualTo(TicketIndex.FORMAT);
            writer.setLiveCommitData(noted.entrySet());
            writer.commit();
        }
        assertThat(assertBuiltAgain()).contains("has the format 1, not " + TicketIndex.FORMAT);
    }

    private static Sort indexSort(Directory files) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(files)) {
            return reader.leaves().get(0).reader().getMetaData().getSort();
        }
    }

    @Test
    void aDirectoryFullOfRubbishIsBuiltAgain() throws IOException {
        for (Path file : files()) {
            if (!file.endsWith(IndexWriter.WRITE_LOCK_NAME)) {
                Files.writeString(file, "rubbish");
            }
        }
        assertThat(assertBuiltAgain()).contains("it is damaged");
    }

    @Test
    void afterAnUncleanStopTheIndexIsBuiltAgain(@TempDir Path crashed) throws IOException {
        try (LuceneSearchIndex index = open()) {
            assertThat(found(index)).hasSize(1);
            copy(directory, crashed);
        }
        directory = crashed;
        assertBuiltAgain();
    }

    @Test
    void anotherNodesIndexIsBuiltAgain() {
        Desk others = new Desk(new NodeId(9, 9));
        TicketId theirs = others.create("printer");
        others.create("x");
        try (LuceneSearchIndex index = LuceneSearchIndex.open(others.store, directory)) {
            assertThat(found(index)).containsExactly(theirs);
        }
        assertBuiltAgain();
    }

    @Test
    void anIndexAheadOfItsStoreIsBuiltAgain() {
        Desk restored = new Desk();
        TicketId only = restored.create("printer of the backup");
        try (LuceneSearchIndex index = LuceneSearchIndex.open(restored.store, directory)) {
            assertThat(found(index)).containsExactly(only);
            assertThat(index.status().tickets()).isEqualTo(1);
        }
    }

    @Test
    void whateverByteIsWrongTheIndexIsBuiltAgain(@TempDir Path copies) throws IOException {
        Path sound = directory;
        int copied = 0;
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            for (int place : content.length == 0 ? new int[0] : new int[] {0, content.length / 2, content.length - 1}) {
                directory = Files.createDirectory(copies.resolve("copy" + copied++));
                copy(sound, directory);
                content[place] ^= 0x55;
                Files.write(directory.resolve(file.getFileName()), content);
                content[place] ^= 0x55;
                assertBuiltAgain();
            }
        }
        assertThat(copied).isGreaterThan(9);
        directory = sound;
        afterACleanStopNothingIsReadAgain();
    }

    @Test
    void cutAndMissingFilesAreNoticed(@TempDir Path copies) throws IOException {
        Path sound = directory;
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.equals("write.lock")) {
                continue;
            }
            directory = Files.createDirectories(copies.resolve(name + "-missing"));
            copy(sound, directory);
            Files.delete(directory.resolve(name));
            assertBuiltAgain();
            directory = Files.createDirectories(copies.resolve(name + "-cut"));
            copy(sound, directory);
            Files.write(directory.resolve(name), Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
            assertBuiltAgain();
        }
    }

    @Test
    void whatElseLiesInTheDirectoryStays() throws IOException {
        Path letter = directory.resolve("letter.txt");
        Files.writeString(letter, "keep me");
        Files.createDirectory(directory.resolve("_0"));
        anotherNodesIndexIsBuiltAgain();

        assertThat(letter).hasContent("keep me");
        assertThat(directory.resolve("_0")).isDirectory();
    }

    @Test
    void aLockFileThatHoldsBytesIsNoLock() throws IOException {
        Files.writeString(directory.resolve("write.lock"), "left by nobody knows whom");
        afterACleanStopNothingIsReadAgain();
    }

    @Test
    void aDirectoryInUseIsRefusedAndUnharmed() {
        try (LuceneSearchIndex index = open()) {
            assertThatExceptionOfType(SearchFailedException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining(directory.toString());
            assertThat(found(index)).containsExactly(printer);
        }
        afterACleanStopNothingIsReadAgain();
    }

    @Test
    void aTicketThatTheStoreCannotReadHidesNoOther() {
        WatchedStore damaged = new WatchedStore(desk.store);
        TicketId bad = desk.create("bad printer");
        TicketId good = desk.create("good printer");
        damaged.unreadable.add(bad);
        try (LuceneSearchIndex index = LuceneSearchIndex.open(damaged.reader(), directory)) {
            assertThat(found(index)).containsExactly(good, printer);
        }
        assertThat(log.list)
                .singleElement()
                .satisfies(warning -> assertThat(warning.getFormattedMessage()).contains(bad.toString()));
    }

    @Test
    void aStoreThatFailsOnceIsFollowedAgainFromTheBeginning() {
        WatchedStore flaky = new WatchedStore(desk.store);
        flaky.failsOnce.set(true);
        TicketId second = desk.create("second printer");
        try (LuceneSearchIndex index = LuceneSearchIndex.open(flaky.reader(), directory)) {
            awaitFollowed(index);
            assertThat(found(index)).containsExactly(second, printer);
            assertThat(index.status().problem()).isEmpty();
        }
        assertThat(flaky.wasReadFromTheBeginning()).isTrue();
        assertThat(log.list).hasSize(1);
    }

    @Test
    void whatChangesWhileTheIndexIsBuiltIsFollowedAfterwards() {
        Desk busy = new Desk();
        TicketId renamed = busy.create("printer");
        TicketId purged = busy.create("old printer");
        TicketId old = TicketId.timeOrdered(1, 0, 1); // before all that were gone through
        WatchedStore watched = new WatchedStore(busy.store);
        watched.halfWay.set(() -> {
            busy.change(renamed, new SetTitle("fax"));
            busy.change(purged, new PurgeTicket());
            busy.create(old, "printer of another node");
        });
        try (LuceneSearchIndex index = LuceneSearchIndex.inMemory(watched.reader())) {
            awaitFollowed(index);
            assertThat(found(index)).containsExactly(old);
            assertThat(index.status()).isEqualTo(new SearchStatus(2, 0, Optional.empty()));
        }
    }

    @Test
    void searchesGoOnWhileOthersWriteAndReadersSeeTheirOwnWrites() throws Exception {
        Desk busy = new Desk();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (LuceneSearchIndex index = LuceneSearchIndex.inMemory(busy.store)) {
            List<Future<?>> noise = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                noise.add(threads.submit(() -> {
                    int searches = 0;
                    while (!over.get() || searches == 0) {
                        SearchPage page = index.page(TicketQuery.newest(20), PATIENT);
                        assertThat(page.page().tickets()).hasSizeLessThanOrEqualTo(20);
                        searches++;
                    }
                }));
            }
            for (int i = 0; i < 300; i++) {
                TicketId mine = busy.create("printer number" + i);
                SearchPage page = index.page(query("number" + i), PATIENT);
                assertThat(page.complete()).isTrue();
                assertThat(page.page().tickets()).extracting(Ticket::id).containsExactly(mine);
            }
            over.set(true);
            for (Future<?> searcher : noise) {
                searcher.get();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptedReaderHarmsNobody() {
        try (LuceneSearchIndex index = open()) {
            desk.create("second printer");
            Thread.currentThread().interrupt();
            index.page(query("printer"), PATIENT);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(found(index)).hasSize(2);
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        WatchedStore watched = new WatchedStore(desk.store);
        LuceneSearchIndex.open(watched.reader(), directory).close();
        assertThat(watched.wasReadFromTheBeginning()).isFalse();
    }

    private static void awaitFollowed(LuceneSearchIndex index) {
        long deadline = System.nanoTime() + PATIENT.toNanos();
        while (index.status().behind() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** The index is whole again, it was read from the beginning, and the log says why: so. */
    private String assertBuiltAgain() {
        opening.list.clear();
        WatchedStore watched = new WatchedStore(desk.store);
        try (LuceneSearchIndex index = LuceneSearchIndex.open(watched.reader(), directory)) {
            assertThat(found(index)).containsExactly(printer);
            assertThat(index.status().tickets()).isEqualTo(2);
        }
        assertThat(watched.wasReadFromTheBeginning()).isTrue();
        String said =
                opening.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
        assertThat(said)
                .startsWith("The search index is built again from the tickets, because it ")
                .doesNotContain("\n");
        opening.list.clear();
        return said;
    }

    private LuceneSearchIndex open() {
        return LuceneSearchIndex.open(desk.store, directory);
    }

    private static List<TicketId> found(LuceneSearchIndex index) {
        SearchPage page = index.page(query("printer"), PATIENT);
        assertThat(page.complete()).isTrue();
        return page.page().tickets().stream().map(Ticket::id).toList();
    }

    private static TicketQuery query(String text) {
        return TicketQuery.of(
                new Criteria(Workflow.standard(), "bob", Instant.EPOCH)
                        .query(text)
                        .filter(),
                10);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
