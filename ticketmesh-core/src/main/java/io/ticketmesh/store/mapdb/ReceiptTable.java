package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The receipts of requests, in one tree for each span of {@link RequestKey#KEPT_MILLIS} by hybrid time, so that old ones are
 * dropped whole. Time is this node's own clock bound: operations from a clock that is far ahead do not make it forget. Theirs are
 * in a tree besides, which stays.
 *
 * <p>A tree is dropped one span after its last receipt was forgotten, when no reader can be in it any more. Reading is for any
 * thread, all else for the writer.
 */
final class ReceiptTable {
    private static final int KEY_WIDTH = 2;
    private static final int VALUE_WIDTH = 6;
    private static final int KEPT_SPANS = 2;
    private static final long FAR_AHEAD = Long.MAX_VALUE;
    private static final Comparator<Receipt> NEWEST =
            Comparator.comparingLong(Receipt::atMillis).thenComparing(Receipt::operation);

    private final Nodes nodes;
    private final Origins origins;

    /** Replaced at each change. */
    private volatile List<Span> spans;

    /**
     * A tree of receipts.
     *
     * @param number which span of time, counted from 1970
     */
    record Span(long number, PackedTree tree) {}

    ReceiptTable(Nodes nodes, Origins origins, List<Span> spans) {
        this.nodes = nodes;
        this.origins = origins;
        this.spans = List.copyOf(spans);
    }

    static PackedTree open(Nodes nodes, long root) {
        return PackedTree.open(nodes, KEY_WIDTH, VALUE_WIDTH, root);
    }

    List<Span> spans() {
        return spans;
    }

    /** The newest receipt of a request, unless it is forgotten. */
    Optional<Receipt> get(RequestKey key, HybridTimestamp clock) {
        Optional<Receipt> newest = Optional.empty();
        for (Span span : spans) {
            long[] entry = isInUse(span, clock) ? span.tree().get(key.high(), key.low()) : null;
            if (entry != null) {
                Receipt receipt = receipt(key, entry);
                if (newest.isEmpty() || NEWEST.compare(receipt, newest.get()) > 0) {
                    newest = Optional.of(receipt);
                }
            }
        }
        return newest.filter(receipt -> !isForgotten(receipt.atMillis(), clock));
    }

    private static boolean isInUse(Span span, HybridTimestamp clock) {
        return span.number() >= spanOf(clock.millis()) - KEPT_SPANS;
    }

    private static boolean isForgotten(long atMillis, HybridTimestamp clock) {
        return atMillis < clock.millis() - KEPT_SPANS * RequestKey.KEPT_MILLIS;
    }

    private static long spanOf(long millis) {
        return millis / RequestKey.KEPT_MILLIS;
    }

    private Receipt receipt(RequestKey asked, long[] entry) {
        RequestKey key = new RequestKey(asked.high(), asked.low(), entry[2]);
        OperationId operation = new OperationId(origins.at((int) entry[3]), entry[4]);
        return new Receipt(key, operation, Ids.ticket(entry[5], entry[6]), entry[7]);
    }

    /** Keeps the receipt of an operation, unless a newer one is there; to be found once the nodes are shown. */
    void note(Operation operation, HybridTimestamp clock) {
        RequestKey request = operation.request();
        long millis = operation.time().millis();
        if (request == null || isForgotten(millis, clock)) {
            return;
        }
        long number = spanOf(millis) > spanOf(clock.millis()) + 1 ? FAR_AHEAD : spanOf(millis);
        PackedTree tree = treeOf(number);
        TicketId ticket = operation.ticket();
        Receipt receipt = new Receipt(request, operation.id(), ticket, millis);
        long[] entry = tree.current(request.high(), request.low());
        if (entry == null || NEWEST.compare(receipt, receipt(request, entry)) > 0) {
            tree.put(
                    request.high(),
                    request.low(),
                    request.body(),
                    origins.number(operation.id().origin()),
                    operation.id().sequence(),
                    Ids.high(ticket),
                    Ids.low(ticket),
                    millis);
        }
    }

    private PackedTree treeOf(long number) {
        for (Span span : spans) {
            if (span.number() == number) {
                return span.tree();
            }
        }
        PackedTree tree = PackedTree.create(nodes, KEY_WIDTH, VALUE_WIDTH);
        nodes.show();
        List<Span> more = new ArrayList<>(spans);
        more.add(new Span(number, tree));
        spans = List.copyOf(more);
        return tree;
    }

    /** Drops what was out of use already before the clock moved on to another span. All changes must be shown. */
    void clockMoved(HybridTimestamp before, HybridTimestamp now) {
        if (spanOf(before.millis()) == spanOf(now.millis())) {
            return;
        }
        List<Span> kept = new ArrayList<>();
        List<Span> dropped = new ArrayList<>();
        for (Span span : spans) {
            (isInUse(span, before) ? kept : dropped).add(span);
        }
        spans = List.copyOf(kept);
        dropped.forEach(span -> span.tree().drop());
    }
}
