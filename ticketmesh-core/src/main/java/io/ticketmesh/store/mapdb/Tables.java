package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.wire.WireCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mapdb.Store;

/**
 * All that the database holds: the tables, and in one record what belongs to all of them. The tables change with each commit; the
 * record is written when a checkpoint is frozen.
 */
final class Tables {
    /** Of the record; the format of tables, index and entries changes with it. */
    private static final int FORMAT = 5;

    final Nodes nodes;
    final TicketTable tickets;
    final ValueTable<Comment> comments;
    final ValueTable<Tombstone> tombstones;

    /** Of all tickets, born or not. */
    final KeyTable keys;

    /** Target, id: of tickets that link to the target. */
    final PackedTree links;

    /** Target, id: of tickets that were merged into the target. */
    final PackedTree merges;

    /** First half of the hash, id: of tickets that have the bytes attached. */
    final PackedTree attachments;

    /** Ticket, time, packed operation → position in the log. */
    final PackedTree histories;

    /** Number of the origin, sequence → position in the log. */
    final PackedTree operations;

    /** Index in the log → ticket. */
    final PackedTree changes;

    /** Entries of {@link Lists}. */
    final PackedTree index;

    final ReceiptTable receipts;
    final Origins origins;
    final Lists lists;
    final Counters counters = new Counters();

    /** Sums of fingerprints. Replaced at each change. */
    volatile long[] buckets = new long[ReplicaReader.BUCKETS];

    volatile Standing standing;

    private final Records records;
    private final WireCodec codec;
    private final long record;
    private final int wire;
    private final List<PackedTree> trees = new ArrayList<>();

    private Tables(Store store, WireCodec codec, NodeId node, MapDbOptions options, long record, Roots roots)
            throws IOException {
        this.nodes = new Nodes(store);
        this.records = new Records(store);
        this.codec = codec;
        this.record = record;
        this.wire = options.wire();
        this.lists = new Lists(node);
        this.origins = new Origins(roots.origins());
        this.tickets = new TicketTable(tree(roots, 2, 1), records, codec);
        this.comments = new ValueTable<>(tree(roots, 4, 1), records, codec::encodeComment, codec::decodeComment);
        this.tombstones = new ValueTable<>(tree(roots, 2, 1), records, codec::encodeTombstone, codec::decodeTombstone);
        PackedTree settledKeys = tree(roots, 3, 0);
        this.links = tree(roots, 4, 0);
        this.merges = tree(roots, 4, 0);
        this.histories = tree(roots, 4, 1);
        this.operations = tree(roots, 2, 1);
        this.changes = tree(roots, 1, 2);
        this.index = tree(roots, Lists.KEY_WIDTH, 0);
        this.attachments = tree(roots, 4, 0);
        this.receipts = new ReceiptTable(nodes, origins, roots.spans(nodes));
        this.standing = roots.standing();
        this.keys = new KeyTable(settledKeys, nodes, options.keyBuckets(), standing.index());
        nodes.show();
        gatherKeys(roots.keyBuckets());
    }

    private PackedTree tree(Roots roots, int keyWidth, int valueWidth) {
        int number = trees.size();
        PackedTree tree = number < roots.trees().length
                ? PackedTree.open(nodes, keyWidth, valueWidth, roots.trees()[number])
                : PackedTree.create(nodes, keyWidth, valueWidth);
        trees.add(tree);
        return tree;
    }

    /** @param buckets of the table of keys that filled the tree */
    private void gatherKeys(int buckets) {
        Set<TicketId> changed = new HashSet<>();
        TreeCursor cursor = changes.cursor();
        long after = KeyTable.unsettledAfter(standing.index(), buckets);
        for (boolean more = cursor.ceiling(after + 1); more; more = cursor.next()) {
            changed.add(Ids.ticket(cursor.cell(1), cursor.cell(2)));
        }
        changed.stream().filter(id -> tickets.record(id) != 0).forEach(keys::add);
        if (buckets != keys.buckets()) {
            keys.settle();
        }
    }

    /** The born tickets with keys from {@code first} to {@code last}, by key and id, {@code max} at most. Any thread. */
    List<TicketId> withKeys(TicketKey first, TicketKey last, int max) {
        return keys.between(
                first, last, max, id -> tickets.get(id).filter(Ticket::isBorn).isPresent());
    }

    /** What must be known before tables can be opened. */
    private record Roots(
            long[] trees,
            long[] spanNumbers,
            long[] spanRoots,
            List<Origin> origins,
            Standing standing,
            int keyBuckets) {
        static final Roots NONE = new Roots(new long[0], new long[0], new long[0], List.of(), Standing.EMPTY, 0);

        List<ReceiptTable.Span> spans(Nodes nodes) {
            List<ReceiptTable.Span> spans = new ArrayList<>();
            for (int i = 0; i < spanNumbers.length; i++) {
                spans.add(new ReceiptTable.Span(spanNumbers[i], ReceiptTable.open(nodes, spanRoots[i])));
            }
            return spans;
        }
    }

    static Tables create(Store store, WireCodec codec, NodeId node, MapDbOptions options) throws IOException {
        return new Tables(store, codec, node, options, new Records(store).add(new byte[1]), Roots.NONE);
    }

    /** @param record what {@link #record()} was when they were written */
    static Tables open(Store store, WireCodec codec, NodeId node, MapDbOptions options, long record)
            throws IOException {
        byte[] bytes = new Records(store).read(record);
        if (bytes == null) {
            throw new DamagedDatabaseException("database", DamagedDatabaseException.NO_PAGE, "its main record is gone");
        }
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = input.readInt();
        if (format > FORMAT) {
            throw new NewerFormatException("database", format, FORMAT);
        }
        if (format < FORMAT) {
            throw new OutdatedDatabaseException("The database is of format " + format + ", and this is " + FORMAT);
        }
        List<Origin> origins = new ArrayList<>();
        for (int left = input.readInt(); left > 0; left--) {
            origins.add(new Origin(new NodeId(input.readLong(), input.readLong()), input.readLong()));
        }
        Standing standing = new Standing(
                input.readLong(),
                codec.decodeVersion(sized(input)),
                codec.decodeVersion(sized(input)),
                codec.decodeVersion(sized(input)),
                new HybridTimestamp(input.readLong()),
                input.readLong(),
                readRoster(input, codec),
                readUnknownKinds(input, options.wire()));
        Roots roots = new Roots(longs(input), longs(input), longs(input), origins, standing, input.readInt());
        Tables tables = new Tables(store, codec, node, options, record, roots);
        tables.buckets = longs(input);
        tables.counters.read(input);
        return tables;
    }

    /** The record to open them with. */
    long record() {
        return record;
    }

    /** Writes what belongs to all tables. Only between two commits. */
    void write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(origins.inOrder().size());
            for (Origin origin : origins.inOrder()) {
                out.writeLong(origin.node().high());
                out.writeLong(origin.node().low());
                out.writeLong(origin.incarnation());
            }
            Standing now = standing;
            out.writeLong(now.index());
            writeSized(out, codec.encodeVersion(now.version()));
            writeSized(out, codec.encodeVersion(now.ahead()));
            writeSized(out, codec.encodeVersion(now.floor()));
            out.writeLong(now.clockBound().packed());
            out.writeLong(now.incarnation());
            writeRoster(out, now.roster());
            out.writeBoolean(now.unknownKinds());
            out.writeInt(wire);
            writeLongs(out, trees.stream().mapToLong(PackedTree::root).toArray());
            List<ReceiptTable.Span> spans = receipts.spans();
            writeLongs(out, spans.stream().mapToLong(ReceiptTable.Span::number).toArray());
            writeLongs(out, spans.stream().mapToLong(span -> span.tree().root()).toArray());
            out.writeInt(keys.buckets());
            writeLongs(out, buckets);
            counters.write(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory cannot fail", impossible);
        }
        records.replace(record, bytes.toByteArray());
    }

    /** @throws OutdatedDatabaseException when there were some, and this version understands more than the one that applied them */
    private static boolean readUnknownKinds(DataInputStream input, int wire) throws IOException {
        boolean unknownKinds = input.readBoolean();
        int applied = input.readInt();
        if (unknownKinds && applied < wire) {
            throw new OutdatedDatabaseException("The database was made with changes that wire version " + applied
                    + " did not understand; this is version " + wire);
        }
        return unknownKinds;
    }

    private void writeRoster(DataOutputStream out, Roster roster) throws IOException {
        out.writeInt(roster.members().size());
        for (Member member : roster.members()) {
            writeSized(out, codec.encodeEntry(new LogEntry.Enrolled(member)));
        }
    }

    private static Roster readRoster(DataInputStream input, WireCodec codec) throws IOException {
        Roster roster = Roster.EMPTY;
        for (int left = input.readInt(); left > 0; left--) {
            if (codec.decodeEntry(sized(input)) instanceof LogEntry.Enrolled enrolled) {
                roster = roster.with(enrolled.member());
            }
        }
        return roster;
    }

    private static void writeSized(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] sized(DataInputStream input) throws IOException {
        byte[] bytes = new byte[input.readInt()];
        input.readFully(bytes);
        return bytes;
    }

    private static void writeLongs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] longs(DataInputStream input) throws IOException {
        long[] values = new long[input.readInt()];
        Arrays.setAll(values, i -> {
            try {
                return input.readLong();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return values;
    }
}
