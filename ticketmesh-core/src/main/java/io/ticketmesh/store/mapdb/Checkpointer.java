package io.ticketmesh.store.mapdb;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begins checkpoints when they are due and writes them, as a rule on a thread of its own. The database is frozen between two
 * commits; commits go on while the checkpoint is written, until too much would have to be held in memory.
 */
final class Checkpointer {
    private final Database database;
    private final MapDbOptions options;
    private final Consumer<Throwable> failed;

    /** Held while a commit goes into the log and while the database is frozen. */
    private final ReentrantLock committing = new ReentrantLock();

    private final Condition changed = committing.newCondition();

    /** Held while a checkpoint is frozen and written; taken before {@link #committing}. */
    private final ReentrantLock checkpointing = new ReentrantLock();

    /** Since the last freeze. Guarded by {@link #committing}, as the rest. */
    private long operations;

    private long firstChangeNanos;
    private boolean stopped;
    private boolean broken;
    private @Nullable Thread thread;

    Checkpointer(Database database, MapDbOptions options, Consumer<Throwable> failed) {
        this.database = database;
        this.options = options;
        this.failed = failed;
    }

    /** @param replayed applied operations that are in no checkpoint yet */
    void start(int replayed) {
        committing.lock();
        try {
            committed(replayed);
        } finally {
            committing.unlock();
        }
        if (options.background()) {
            Thread started = new Thread(this::run, "ticketmesh-checkpoint");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    /** To be held during each commit. */
    ReentrantLock committing() {
        return committing;
    }

    /** Waits while too much is held in memory. With {@link #committing} held. */
    void awaitRoom() {
        while (thread != null && !stopped && !broken && database.volume().heldBytes() > options.waitAtBytes()) {
            changed.signalAll(); // what is held may have come after its commit was noted
            changed.awaitUninterruptibly();
        }
    }

    /** Takes note of operations in the log. With {@link #committing} held. */
    void committed(int count) {
        boolean first = operations == 0 && count > 0;
        if (first) {
            firstChangeNanos = System.nanoTime();
        }
        operations += count;
        if (first || isDueBySize()) {
            changed.signalAll();
        }
    }

    private boolean isDueBySize() {
        return operations >= options.checkpointOperations()
                || operations > 0 && database.volume().dirtyBytes() >= options.checkpointBytes();
    }

    /** Writes a checkpoint that is due, if there is no thread for that. Without {@link #committing}. */
    void checkpointIfInline() throws IOException {
        boolean due;
        committing.lock();
        try {
            due = thread == null && isDueBySize();
        } finally {
            committing.unlock();
        }
        if (due) {
            checkpoint();
        }
    }

    /** Makes everything that was committed part of a checkpoint. Without {@link #committing}. */
    void checkpoint() throws IOException {
        checkpointing.lock();
        try {
            Checkpoint checkpoint;
            committing.lock();
            try {
                if (operations == 0) {
                    return;
                }
                checkpoint = database.freeze();
                operations = 0;
            } finally {
                committing.unlock();
            }
            checkpoint.write();
        } catch (IOException | RuntimeException | Error e) {
            giveUp();
            failed.accept(e);
            throw e;
        } finally {
            wake();
            checkpointing.unlock();
        }
    }

    private void giveUp() {
        committing.lock();
        try {
            broken = true;
        } finally {
            committing.unlock();
        }
    }

    private void wake() {
        committing.lock();
        try {
            changed.signalAll();
        } finally {
            committing.unlock();
        }
    }

    private void run() {
        while (awaitDue()) {
            try {
                checkpoint();
            } catch (IOException | RuntimeException e) {
                return; // the store knows, and takes no further commits
            }
        }
    }

    /** Waits until a checkpoint is due; false when there will be none. */
    private boolean awaitDue() {
        committing.lock();
        try {
            while (!stopped && !isDueBySize()) {
                if (operations == 0) {
                    changed.awaitUninterruptibly();
                    continue;
                }
                long age = System.nanoTime() - firstChangeNanos;
                long left = TimeUnit.MILLISECONDS.toNanos(options.checkpointMillis()) - age;
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
            return !stopped;
        } catch (InterruptedException stop) {
            return false;
        } finally {
            committing.unlock();
        }
    }

    /** Ends the thread, after the checkpoint that it is writing. */
    void stop() {
        Thread running;
        committing.lock();
        try {
            stopped = true;
            running = thread;
            changed.signalAll();
        } finally {
            committing.unlock();
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
