package io.ticketmesh.search;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lucene index of one store, and how far it has followed it. Changed by the thread that follows, one call at a time; any thread
 * may search.
 *
 * <p>Only a clean stop makes it durable. Whatever else is found at the next open (an unclean stop, another node's index, a position
 * that the store does not have, another format, damage) is wiped, to be built again from the store.
 */
final class TicketIndex {
    /** Grows with every change of what documents hold. */
    static final String FORMAT = "3";

    private static final Logger LOG = LoggerFactory.getLogger(TicketIndex.class);

    private static final Sort NEWEST_FIRST = new ListOrder(List.of(SortKey.NEWEST_FIRST), false).sort();
    private static final double BUFFER_MEBIBYTES = 16;

    private final NodeId node;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final BackgroundMerges merges = new BackgroundMerges();
    private volatile long position;

    private TicketIndex(Directory directory, NodeId node, long position) throws IOException {
        this.node = node;
        this.position = position;
        writer = new IndexWriter(directory, configuration(merges));
        try {
            note(false);
            searchers = new SearcherManager(writer, new Searchers());
        } catch (IOException | RuntimeException failure) {
            writer.rollback();
            throw failure;
        }
    }

    /**
     * @param end the position of the store: an index that is beyond it is another store's
     * @throws LockObtainFailedException when another process uses the directory
     */
    static TicketIndex open(Directory directory, NodeId node, long end) throws IOException {
        return new TicketIndex(directory, node, keptPosition(directory, node, end));
    }

    /** An empty index, whatever the directory holds. */
    static TicketIndex fresh(Directory directory, NodeId node) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            wipe(directory);
        }
        return new TicketIndex(directory, node, 0);
    }

    private static long keptPosition(Directory directory, NodeId node, long end) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            boolean empty = Arrays.stream(directory.listAll()).noneMatch(TicketIndex::isLucenes);
            long position = empty ? 0 : soundPosition(directory, node, end);
            if (position == 0) {
                wipe(directory);
            }
            return position;
        }
    }

    /** The position of an index that can be used as it is; else 0, and the log says why. */
    private static long soundPosition(Directory directory, NodeId node, long end) {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> noted = reader.getIndexCommit().getUserData();
            String problem = problemOf(noted, node);
            if (problem != null) {
                LOG.info("The search index is built again from the tickets, because it {}", problem);
                return 0;
            }
            for (LeafReaderContext leaf : reader.leaves()) {
                leaf.reader().checkIntegrity();
            }
            long position = Long.parseLong(noted.get("position"));
            if (position > end) {
                LOG.info("The search index is built again from the tickets, because it knows of later ones");
                return 0;
            }
            return position;
        } catch (IOException | RuntimeException damaged) {
            LOG.warn("The search index is built again from the tickets, because it is damaged: {}", damaged.toString());
            return 0;
        }
    }

    private static @Nullable String problemOf(Map<String, String> noted, NodeId node) {
        String format = noted.get("format");
        if (!FORMAT.equals(format)) {
            return "has the format " + format + ", not " + FORMAT;
        } else if (!node.toString().equals(noted.get("node"))) {
            return "is another node's";
        }
        return "true".equals(noted.get("clean")) ? null : "was not closed";
    }

    /** Removes the files of an index and nothing else, should the directory hold anything else. */
    private static void wipe(Directory directory) throws IOException {
        for (String file : directory.listAll()) {
            if (isLucenes(file)) {
                directory.deleteFile(file);
            }
        }
    }

    private static boolean isLucenes(String file) {
        return IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()
                || file.startsWith(IndexFileNames.SEGMENTS)
                || file.startsWith(IndexFileNames.PENDING_SEGMENTS);
    }

    private static IndexWriterConfig configuration(BackgroundMerges merges) {
        IndexWriterConfig configuration = new IndexWriterConfig();
        configuration.setCommitOnClose(false);
        configuration.setRAMBufferSizeMB(BUFFER_MEBIBYTES);
        configuration.setMaxFullFlushMergeWaitMillis(0);
        configuration.setMergeScheduler(merges);
        configuration.setIndexSort(NEWEST_FIRST); // what most lists want: they stop after their first rows
        return configuration;
    }

    /** How far the store has been followed. Any thread may ask. */
    long position() {
        return position;
    }

    /** As {@link #put} of one that the index does not hold, without looking for it. */
    void add(Document document) throws IOException {
        merges.requireSound();
        writer.addDocument(document);
    }

    void put(TicketId id, Document document) throws IOException {
        merges.requireSound();
        writer.updateDocument(FieldNames.id(id), document);
    }

    void remove(TicketId id) throws IOException {
        writer.deleteDocuments(FieldNames.id(id));
    }

    /** Notes that all changes up to {@code position} were put or removed. */
    void advance(long position) {
        this.position = position;
    }

    /** Lets searches see all that was put and removed. */
    void refresh() throws IOException {
        merges.requireSound();
        searchers.maybeRefreshBlocking();
    }

    /** The newest refreshed state; to be given back by {@link #release}. Any thread may call. */
    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** Makes the index durable and closes it. */
    void close() throws IOException {
        try (writer;
                searchers) {
            merges.requireSound();
            note(true);
        }
    }

    /** Closes the index without making it durable. */
    void abandon() throws IOException {
        try (searchers) {
            writer.rollback();
        }
    }

    private void note(boolean clean) throws IOException {
        Map<String, String> noted = Map.of(
                "format", FORMAT,
                "node", node.toString(),
                "position", Long.toString(position),
                "clean", Boolean.toString(clean));
        writer.setLiveCommitData(noted.entrySet());
        writer.commit();
    }

    /** Without Lucene's query cache, which all users of Lucene in one application would share. */
    private static final class Searchers extends SearcherFactory {
        @Override
        public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setQueryCache(null);
            return searcher;
        }
    }
}
