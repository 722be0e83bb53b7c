package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of requests, in trees for spans of {@link RequestKey#KEPT_MILLIS} by hybrid time: the newest and the one before.
 * Older ones are dropped whole, one span after they went out of use, when no reader can be in them any more.
 *
 * <p>Reading is for any thread, all else for the writer.
 */
final class ReceiptTable {
    private static final int KEY_WIDTH = 2;
    private static final int VALUE_WIDTH = 6;
    private static final int MOST_TREES = 3;

    private final Nodes nodes;
    private final Origins origins;

    /** The newest first: in use, still in use, out of use. Replaced at each change. */
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

    Optional<Receipt> get(RequestKey key) {
        List<Span> known = spans;
        for (int i = Math.min(known.size(), MOST_TREES - 1) - 1; i >= 0; i--) {
            long[] entry = known.get(i).tree().get(key.high(), key.low());
            if (entry != null) {
                return Optional.of(receipt(key, entry));
            }
        }
        return Optional.empty();
    }

    private Receipt receipt(RequestKey asked, long[] entry) {
        RequestKey key = new RequestKey(asked.high(), asked.low(), entry[2]);
        OperationId operation = new OperationId(origins.at((int) entry[3]), entry[4]);
        return new Receipt(key, operation, Ids.ticket(entry[5], entry[6]), entry[7]);
    }

    /** Keeps the receipt of an operation, unless the same request has one; to be found after the next flush. */
    void note(Operation operation) {
        RequestKey request = operation.request();
        if (request == null) {
            return;
        }
        long millis = operation.time().millis();
        long number = millis / RequestKey.KEPT_MILLIS;
        PackedTree tree = treeOf(number);
        for (Span span : spans.subList(0, Math.min(spans.size(), MOST_TREES - 1))) {
            if (span.tree().current(request.high(), request.low()) != null) {
                return;
            }
        }
        TicketId ticket = operation.ticket();
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

    /** The tree of a span; a span that is too old or in between shares the next newer tree. */
    private PackedTree treeOf(long number) {
        List<Span> known = spans;
        if (known.isEmpty() || number > known.get(0).number()) {
            return begin(number);
        }
        boolean older = known.size() > 1 && number <= known.get(1).number();
        return known.get(older ? 1 : 0).tree();
    }

    private PackedTree begin(long number) {
        PackedTree tree = PackedTree.create(nodes, KEY_WIDTH, VALUE_WIDTH);
        nodes.flush();
        List<Span> next = new ArrayList<>(spans);
        next.add(0, new Span(number, tree));
        @Nullable
        PackedTree dropped = next.size() > MOST_TREES ? next.remove(MOST_TREES).tree() : null;
        spans = List.copyOf(next);
        if (dropped != null) {
            dropped.drop();
        }
        return tree;
    }
}
