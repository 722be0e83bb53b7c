package io.ticketmesh.wire;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns what a replica keeps into bytes and back. Thread-safe; nothing blocks.
 *
 * <p><b>Encoding</b> is a function of the value: equal values give equal bytes on every node. For operations the converse holds
 * too, {@code encode(decode(bytes))} gives the same bytes, also where a newer version wrote them: what this one does not know is
 * kept. A text with half a surrogate pair has no encoding and is refused with {@link InvalidChangeException}; values that passed
 * the checks of their changes have none.
 *
 * <p><b>Decoding</b> throws {@link MalformedBytesException} for bytes that are no valid encoding, and nothing else. It allocates
 * no more than a small multiple of the bytes. It does not notice every flipped bit: that is for the checksum or seal around them.
 *
 * <p><b>Newer versions.</b> A change is kept as an {@link io.ticketmesh.ticket.change.UnknownChange} with its bytes when its kind
 * is unknown, when it has fields or variants that are unknown, or when its values break this version's limits: it has no effect
 * here and is passed on. In tickets, fields that are unknown are skipped, a custom field's value of an unknown kind reads as
 * absent, an unknown due as never, and a comment of an unknown kind as internal, so that nobody sees it by mistake.
 */
public final class WireCodec {
    /** The most bytes that an operation, or any other log entry, may take: 1 MiB. */
    public static final int MAX_BYTES = 1024 * 1024;

    /**
     * The most bytes that a ticket, a comment and other stored state may take: 64 MiB. A ticket keeps what each of its authors wrote
     * beside the others, so this has room for more than 100 nodes that each make it as large as {@link EncodedLimit} lets them.
     */
    public static final int MAX_STATE_BYTES = 64 * 1024 * 1024;

    private final WirePool pool = new WirePool();

    /**
     * An operation encodes to the same bytes as by {@link #encodeOperation}.
     *
     * @throws TooLargeException when it would take more than {@link #MAX_BYTES}
     */
    public byte[] encodeEntry(LogEntry entry) {
        return encode(entry, "entry", MAX_BYTES);
    }

    public LogEntry decodeEntry(byte[] bytes) {
        return decode(bytes, "log entry", MAX_BYTES, session -> {
            WireInput input = session.input(bytes);
            int id = input.peekRecord();
            Class<?> type = session.typeOf(id);
            if (type == null || !LogEntry.class.isAssignableFrom(type)) {
                throw input.malformed("Record " + id + " is not a log entry");
            }
            return session.read(type.asSubclass(LogEntry.class));
        });
    }

    /** @throws TooLargeException when it would take more than {@link #MAX_BYTES}: to be refused where it is accepted */
    public byte[] encodeOperation(Operation operation) {
        return encode(operation, "changes", MAX_BYTES);
    }

    public Operation decodeOperation(byte[] bytes) {
        return decode(bytes, Operation.class, MAX_BYTES);
    }

    /**
     * The ticket that an encoded log entry changes, without decoding the rest; empty when it changes none. Bytes of a valid entry
     * give the right answer; others may not be noticed.
     */
    public Optional<TicketId> peekTicket(byte[] entry) {
        return decode(entry, "log entry", MAX_BYTES, session -> {
            WireInput input = session.input(entry);
            return switch (input.peekRecord()) {
                case WireIds.OPERATION -> Optional.of(OperationSerializer.ticketOf(input));
                case WireIds.ADOPTED -> Optional.of(AdoptedSerializer.ticketOf(input));
                case WireIds.OPENING, WireIds.CLOCK_BOUND, WireIds.CAUGHT, WireIds.ENROLLED -> Optional.empty();
                default -> throw input.malformed("Record " + input.peekRecord() + " is not a log entry");
            };
        });
    }

    /** @throws TooLargeException when it would take more than {@link #MAX_STATE_BYTES} */
    public byte[] encodeTicket(Ticket ticket) {
        return encode(ticket, "ticket", MAX_STATE_BYTES);
    }

    public Ticket decodeTicket(byte[] bytes) {
        return decode(bytes, Ticket.class, MAX_STATE_BYTES);
    }

    /** @throws TooLargeException when it would take more than {@link #MAX_STATE_BYTES} */
    public byte[] encodeComment(Comment comment) {
        return encode(comment, "comment", MAX_STATE_BYTES);
    }

    public Comment decodeComment(byte[] bytes) {
        return decode(bytes, Comment.class, MAX_STATE_BYTES);
    }

    public byte[] encodeTombstone(Tombstone tombstone) {
        return encode(tombstone, "tombstone", MAX_STATE_BYTES);
    }

    public Tombstone decodeTombstone(byte[] bytes) {
        return decode(bytes, Tombstone.class, MAX_STATE_BYTES);
    }

    public byte[] encodeReceipt(Receipt receipt) {
        return encode(receipt, "receipt", MAX_STATE_BYTES);
    }

    public Receipt decodeReceipt(byte[] bytes) {
        return decode(bytes, Receipt.class, MAX_STATE_BYTES);
    }

    /** @throws TooLargeException when it would take more than {@link #MAX_STATE_BYTES}, which more than 100,000 origins do */
    public byte[] encodeVersion(VersionVector version) {
        return encode(version, "version", MAX_STATE_BYTES);
    }

    public VersionVector decodeVersion(byte[] bytes) {
        return decode(bytes, VersionVector.class, MAX_STATE_BYTES);
    }

    private byte[] encode(Object value, String name, int maxBytes) {
        WireSession session = pool.take();
        try {
            WireOutput output = session.output(maxBytes);
            session.write(value);
            return output.toBytes();
        } catch (KryoBufferOverflowException larger) {
            throw new TooLargeException(name, maxBytes);
        } finally {
            pool.giveBack(session);
        }
    }

    private <T> T decode(byte[] bytes, Class<T> type, int maxBytes) {
        return decode(bytes, type.getSimpleName(), maxBytes, session -> {
            session.input(bytes);
            return session.read(type);
        });
    }

    private <T> T decode(byte[] bytes, String name, int maxBytes, Function<WireSession, T> decoding) {
        if (bytes.length > maxBytes) {
            throw new MalformedBytesException(
                    name + " of " + bytes.length + " bytes, at most " + maxBytes + " are allowed", maxBytes);
        }
        WireSession session = pool.take();
        try {
            return decoding.apply(session);
        } catch (MalformedBytesException malformed) {
            throw malformed;
        } catch (RuntimeException | StackOverflowError invalid) {
            throw new MalformedBytesException(
                    "Not a valid " + name + " (" + invalid.getMessage() + ")", session.position(), invalid);
        } finally {
            session.release();
            pool.giveBack(session);
        }
    }
}
