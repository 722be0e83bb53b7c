package io.ticketmesh.bundle;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.UnansweredException;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * All operations that a node holds, as one stream of bytes that is the same for any mesh: a backup, what a new node begins with, or tickets for
 * another mesh. Reading one is like hearing of its operations from another node: they are merged by the same rules, what is held already changes
 * nothing, and other nodes get the rest. Thread-safe; memory does not grow with the number of tickets.
 *
 * <p>It holds what the log holds: texts that were redacted, and operations of tickets that were purged, too; {@link #withoutErased} leaves them out.
 * Bytes of attachments are not in it.
 */
public final class Bundle {
    /** How many operations are fetched at once, over all runs of nodes. */
    private static final int FETCHED = 4_096;

    private static final int MAX_FETCHED_OF_ONE = 256;
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Node node;
    private final LongSupplier nowMillis;
    private final UnaryOperator<String> names;
    private final boolean erased;

    /** @param names what people are called */
    public Bundle(Node node, UnaryOperator<String> names, LongSupplier nowMillis) {
        this(node, names, nowMillis, true);
    }

    private Bundle(Node node, UnaryOperator<String> names, LongSupplier nowMillis, boolean erased) {
        this.node = node;
        this.names = names;
        this.nowMillis = nowMillis;
        this.erased = erased;
    }

    /**
     * The same, of which is written only what may still be told: without texts that were redacted, without what was written in tickets that were
     * purged, and with people as they are shown. It leads to the same tickets and history, under the same ids, but its operations are not those
     * that the node holds: it is for the empty nodes of a mesh that takes the place of this one, and no node of this one may ever meet them.
     */
    public Bundle withoutErased() {
        return new Bundle(node, names, nowMillis, false);
    }

    /** Whether the node holds all operations, so that it can be written. */
    public boolean isWhole() {
        return node.reader().floor().isEmpty();
    }

    /**
     * Writes all operations that the node holds when this begins, while reads and writes go on. The stream stays open.
     *
     * @throws IncompleteNodeException when the node does not hold all of them
     */
    public BundleReport write(OutputStream output) throws IOException {
        ReplicaReader reader = node.reader();
        if (!isWhole()) {
            throw new IncompleteNodeException();
        }
        VersionVector held = reader.version();
        List<Origin> origins = held.origins();
        int chunk = Math.max(1, Math.min(MAX_FETCHED_OF_ONE, FETCHED / Math.max(1, origins.size())));
        PriorityQueue<Lane> lanes = new PriorityQueue<>(
                Comparator.comparing((Lane lane) -> lane.head().trace()));
        origins.forEach(origin -> lanes.add(new Lane(reader, origin, held.get(origin), chunk)));
        Remainder remainder = new Remainder(reader, names);
        BundleWriter writer = new BundleWriter(output);
        writer.begin(node.origin().node(), nowMillis.getAsLong());
        while (!lanes.isEmpty()) {
            Lane lane = lanes.remove();
            Operation next = lane.next();
            writer.add(erased ? next : remainder.of(next));
            if (lane.hasMore()) {
                lanes.add(lane);
            }
        }
        return new BundleReport(writer.end(), 0);
    }

    /**
     * Reads a bundle to its end. Each of its parts is stored when all of it was found to be right; what is cut or damaged is refused where it
     * begins to be, and what came before stays. To read it again finishes what was interrupted.
     *
     * @throws DamagedBundleException when it is cut, damaged, or none
     * @throws io.ticketmesh.node.ReadOnlyException when the node takes no writes
     */
    public BundleReport read(InputStream input) throws IOException {
        BundleReader reader = new BundleReader(input);
        long added = 0;
        for (List<Operation> part = reader.next(); !part.isEmpty(); part = reader.next()) {
            added += bring(part);
        }
        return new BundleReport(reader.operations(), added);
    }

    private long bring(List<Operation> part) {
        try {
            return node.bring(part).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new UnansweredException("The node did not take a part within " + ANSWER, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The thread was interrupted while a bundle was read", interrupted);
        }
    }

    /** The operations of one run of a node, fetched a few at a time; never empty where it is asked. */
    private static final class Lane {
        private final ReplicaReader reader;
        private final Origin origin;
        private final long last;
        private final int chunk;
        private final Deque<Operation> fetched = new ArrayDeque<>();
        private long next = 1;

        Lane(ReplicaReader reader, Origin origin, long last, int chunk) {
            this.reader = reader;
            this.origin = origin;
            this.last = last;
            this.chunk = chunk;
            fill();
        }

        Operation head() {
            return fetched.element();
        }

        Operation next() {
            Operation operation = fetched.remove();
            next++;
            if (fetched.isEmpty() && hasMore()) {
                fill();
            }
            return operation;
        }

        boolean hasMore() {
            return next <= last;
        }

        private void fill() {
            fetched.addAll(new ArrayList<>(reader.operations(origin, next, (int) Math.min(chunk, last - next + 1))));
            if (fetched.isEmpty()) {
                throw new IncompleteNodeException();
            }
        }
    }
}
