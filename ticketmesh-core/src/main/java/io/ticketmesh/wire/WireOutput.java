package io.ticketmesh.wire;

import com.esotericsoftware.kryo.io.Output;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.Sha256;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.TicketId;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records. {@link WireInput} reads with methods of the same names what these write.
 *
 * <p>Within one record, origins, words and traces that come again are written as the number of their first appearance. Fields
 * that a later version adds come after all others, so what they define is never needed by those who skip them.
 *
 * <p>Not thread-safe.
 */
final class WireOutput extends Output {
    private static final int FIRST_BYTES = 4 * 1024;
    private static final int KEPT_BYTES = 256 * 1024;

    private final int[] frames = new int[WireIds.MAX_DEPTH];
    private int depth;
    private final Numbering<NodeId> nodes = new Numbering<>();
    private final Numbering<Origin> origins = new Numbering<>();
    private final Numbering<String> words = new Numbering<>();
    private final Numbering<Trace> traces = new Numbering<>();
    private long lastMillis;

    WireOutput() {
        super(FIRST_BYTES, FIRST_BYTES);
    }

    /** Forgets what was written before, and a buffer that grew too large to keep. More than {@code maxBytes} do not fit. */
    void restart(int maxBytes) {
        if (getBuffer().length > KEPT_BYTES) {
            setBuffer(new byte[FIRST_BYTES], maxBytes);
        }
        maxCapacity = maxBytes;
        reset();
        depth = 0;
    }

    /** Begins a record; what an enclosing one numbered is forgotten. */
    void startRecord(int id) {
        nodes.clear();
        origins.clear();
        words.clear();
        traces.clear();
        lastMillis = 0;
        unsigned(id);
        writeByte(WireIds.VERSION);
    }

    /** Begins a field; {@link #closeFrame()} ends it. */
    void open(int tag) {
        unsigned(tag);
        openFrame();
    }

    /** Begins content that its length precedes; {@link #closeFrame()} ends it. */
    void openFrame() {
        writeByte(0); // room for a length below 128, which most are
        frames[depth++] = position;
    }

    /** Ends the innermost field or frame, and writes its length before it. */
    void closeFrame() {
        int start = frames[--depth];
        int length = position - start;
        int more = bytesOf(length) - 1;
        if (more > 0) {
            require(more);
            System.arraycopy(buffer, start, buffer, start + more, length);
        }
        position = start - 1;
        unsigned(length);
        position += length;
    }

    void unsigned(long value) {
        writeVarLong(value, true);
    }

    void signed(long value) {
        writeVarLong(value, false);
    }

    void flag(boolean set) {
        writeByte(set ? 1 : 0);
    }

    void bytes(Bytes bytes) {
        writeBytes(bytes.toArray());
    }

    /** A text with its length. */
    void text(String text) {
        int length = encodedLength(text);
        unsigned(length);
        characters(text, length);
    }

    /** A text that fills the rest of its frame. */
    void characters(String text) {
        characters(text, encodedLength(text));
    }

    void textField(int tag, String text) {
        open(tag);
        characters(text);
        closeFrame();
    }

    <V> void optional(@Nullable V value, BiConsumer<WireOutput, V> form) {
        flag(value != null);
        if (value != null) {
            form.accept(this, value);
        }
    }

    void ticketId(TicketId id) {
        writeLong(id.high());
        writeLong(id.low());
    }

    /** A field that is not written when there is none. */
    void ticketIdField(int tag, @Nullable TicketId id) {
        if (id != null) {
            open(tag);
            ticketId(id);
            closeFrame();
        }
    }

    void commentId(CommentId id) {
        writeLong(id.high());
        writeLong(id.low());
    }

    void time(HybridTimestamp time) {
        unsigned(time.millis());
        unsigned(time.counter());
    }

    void requestKey(RequestKey key) {
        writeLong(key.high());
        writeLong(key.low());
        writeLong(key.body());
    }

    void nodeId(NodeId node) {
        writeLong(node.high());
        writeLong(node.low());
    }

    /** An origin in full. */
    void wholeOrigin(Origin origin) {
        nodeId(origin.node());
        writeLong(origin.incarnation());
    }

    /**
     * A vector that fills the rest of its frame.
     *
     * @param own an origin that the reader knows already
     */
    void vector(VersionVector vector, @Nullable Origin own) {
        NodeId near = own == null ? null : own.node();
        for (Origin origin : vector.origins()) {
            if (origin.equals(own)) {
                writeByte(WireIds.OWN_ORIGIN);
            } else if (origin.node().equals(near)) {
                writeByte(WireIds.NEAR_ORIGIN);
                writeLong(origin.incarnation());
            } else {
                writeByte(WireIds.FAR_ORIGIN);
                wholeOrigin(origin);
            }
            near = origin.node();
            unsigned(vector.get(origin));
        }
    }

    /** The hash over what a summary does not list, as a field; no field when it lists all. */
    void others(int tag, VersionSummary summary) {
        Sha256 others = summary.others();
        if (others != null) {
            open(tag);
            writeLong(others.high());
            writeLong(others.low());
            closeFrame();
        }
    }

    /** An origin, once per record in full. */
    void origin(Origin origin) {
        int number = origins.numberOf(origin);
        unsigned(number);
        if (number == 0) {
            int node = nodes.numberOf(origin.node());
            unsigned(node);
            if (node == 0) {
                nodeId(origin.node());
            }
            writeLong(origin.incarnation());
        }
    }

    /** A text of the kind that comes again, such as a name; once per record in full. */
    void word(String word) {
        int number = words.numberOf(word);
        unsigned(number);
        if (number == 0) {
            text(word);
        }
    }

    /** A trace, once per record in full, and then by its distance from the one before. */
    void trace(Trace trace) {
        int number = traces.numberOf(trace);
        unsigned(number);
        if (number == 0) {
            long millis = trace.time().millis();
            boolean readsOtherwise = trace.atMillis() != millis;
            nearMillis(millis);
            unsigned((long) trace.time().counter() << 1 | (readsOtherwise ? 1 : 0));
            origin(trace.operation().origin());
            unsigned(trace.operation().sequence());
            word(trace.actor());
            if (readsOtherwise) {
                signed(trace.atMillis() - millis);
            }
        }
    }

    /** Milliseconds near those of the trace, or of this kind, that were written last. */
    void nearMillis(long millis) {
        signed(millis - lastMillis);
        lastMillis = millis;
    }

    private void characters(String text, int length) {
        require(length);
        if (length == text.length()) {
            ascii(text, length);
        } else {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(encoded, 0, buffer, position, length);
        }
        position += length;
    }

    @SuppressWarnings("deprecation") // drops high bytes, of which ASCII has none, and is several times faster
    private void ascii(String text, int length) {
        text.getBytes(0, length, buffer, position);
    }

    private static int encodedLength(String text) {
        int length = text.length();
        int encoded = length;
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character >= 0x80) {
                encoded++;
                if (character >= 0x800) {
                    if (!Character.isSurrogate(character)) {
                        encoded++;
                    } else if (Character.isHighSurrogate(character)
                            && i + 1 < length
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        encoded++; // the pair is four bytes
                        i++;
                    } else {
                        throw new InvalidChangeException(
                                "text", "not-unicode", "has half a surrogate pair at position " + i, null);
                    }
                }
            }
        }
        return encoded;
    }

    private static int bytesOf(int length) {
        int bytes = 1;
        for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }
}
