package io.ticketmesh.search;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;
import org.jspecify.annotations.Nullable;

/** Merges segments on one thread, so that following the store does not wait for it. */
final class BackgroundMerges extends ConcurrentMergeScheduler {
    private static final int WAITING_MERGES = 6;

    private volatile @Nullable Throwable failure;

    BackgroundMerges() {
        setMaxMergesAndThreads(WAITING_MERGES, 1);
    }

    @Override
    protected synchronized MergeThread getMergeThread(MergeSource source, MergePolicy.OneMerge merge)
            throws IOException {
        MergeThread thread = super.getMergeThread(source, merge);
        thread.setName("ticketmesh-search-merge");
        return thread;
    }

    /** Kept for the thread that writes, which deals with all failures; here nobody would hear of it. */
    @Override
    protected void handleMergeException(Throwable failure) {
        this.failure = failure;
    }

    /** Throws what a merge has failed with, if one has. */
    void requireSound() throws IOException {
        Throwable failed = failure;
        if (failed != null) {
            throw new IOException("A merge of the search index failed", failed);
        }
    }
}
