package io.ticketmesh.search;

import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.TicketQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * A {@link SearchIndex} by Apache Lucene. Follows its store on a thread of its own, {@code ticketmesh-search}; writing and merging
 * take about 16 MiB of memory besides what a single large ticket needs.
 */
public final class LuceneSearchIndex implements SearchIndex {
    private final ReplicaReader store;
    private final Directory directory;
    private final StoreFollower follower;
    private final Thread thread;

    private LuceneSearchIndex(ReplicaReader store, Directory directory) throws IOException {
        this.store = store;
        this.directory = directory;
        follower = new StoreFollower(store, directory);
        thread = new Thread(follower, "ticketmesh-search");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens the index in a directory of its own, which is created when it is not there. An index that cannot be used is built again
     * from the store, in the background; until that is done answers say that they are not complete.
     *
     * @param store stays open longer than the index
     * @throws SearchFailedException when the directory cannot be written, or another process uses it
     */
    public static LuceneSearchIndex open(ReplicaReader store, Path directory) {
        LuceneQuiet.wake();
        try {
            return openIn(store, new PlainFiles(directory));
        } catch (IOException failure) {
            throw new SearchFailedException("Cannot open the search index in " + directory, failure);
        }
    }

    /** An index that is gone when it is closed: for tests and nodes without a directory. */
    public static LuceneSearchIndex inMemory(ReplicaReader store) {
        LuceneQuiet.wake();
        try {
            return openIn(store, new ByteBuffersDirectory());
        } catch (IOException impossible) {
            throw new SearchFailedException("Cannot open a search index in memory", impossible);
        }
    }

    private static LuceneSearchIndex openIn(ReplicaReader store, Directory directory) throws IOException {
        try {
            return new LuceneSearchIndex(store, directory);
        } catch (IOException | RuntimeException failure) {
            directory.close();
            throw failure;
        }
    }

    @Override
    public SearchPage page(TicketQuery query, Duration patience) {
        boolean complete = follower.reach(store.position(), patience);
        return new SearchPage(read(searcher -> new PageReading(searcher, store, query).read()), complete);
    }

    @Override
    public Suggestions similar(SimilarQuery query, Duration patience) {
        boolean complete = follower.reach(store.position(), patience);
        return new Suggestions(read(searcher -> new SimilarReading(searcher, store, query).read()), complete);
    }

    /** Reads from one state of the index. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        TicketIndex index = follower.index();
        try {
            IndexSearcher searcher = index.acquire();
            try {
                return reading.from(searcher);
            } finally {
                index.release(searcher);
            }
        } catch (IndexSearcher.TooManyClauses many) {
            throw new InvalidQueryException("q", "too-many", "has too many conditions", -1, List.of());
        } catch (IOException | AlreadyClosedException damage) {
            follower.distrust(index, damage);
            throw new SearchFailedException("The search index failed and will be built again", damage);
        }
    }

    @Override
    public SearchStatus status() {
        Optional<String> problem = follower.problem();
        long behind = Math.max(0, store.position() - follower.position());
        return new SearchStatus(problem.isPresent() ? 0 : tickets(), behind, problem);
    }

    private long tickets() {
        try {
            TicketIndex index = follower.index();
            IndexSearcher searcher = index.acquire();
            try {
                return searcher.getIndexReader().numDocs();
            } finally {
                index.release(searcher);
            }
        } catch (IOException | AlreadyClosedException | SearchFailedException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        follower.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            directory.close();
        } catch (IOException closedEnough) {
            throw new SearchFailedException("The directory of the search index did not close", closedEnough);
        }
    }
}
