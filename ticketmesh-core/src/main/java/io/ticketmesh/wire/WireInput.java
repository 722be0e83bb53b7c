package io.ticketmesh.wire;

import com.esotericsoftware.kryo.io.Input;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.Sha256;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.TicketId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link WireOutput} writes. Every length is checked against the innermost frame before anything is allocated, every
 * number must have its shortest form, and every frame must be used up; so bytes that are read without an exception are, for
 * operations, the only bytes of that value.
 *
 * <p>Not thread-safe. All methods throw {@link MalformedBytesException} when the bytes are something else.
 */
final class WireInput extends Input {
    private static final byte[] NOTHING = new byte[0];
    private static final long MAX_COUNTER = 0xFFFF;

    private final WireOutput scratch;
    private final int[] outerLimits = new int[WireIds.MAX_DEPTH];
    private int depth;
    private List<NodeId> nodes = new ArrayList<>();
    private List<Origin> origins = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<Trace> traces = new ArrayList<>();
    private long lastMillis;

    /** @param scratch free to be written to while this reads */
    WireInput(WireOutput scratch) {
        super(NOTHING);
        this.scratch = scratch;
    }

    void restart(byte[] bytes, int offset, int length) {
        setBuffer(bytes, offset, length);
        depth = 0;
    }

    /** Lets go of the bytes and of what was read from them. */
    void release() {
        setBuffer(NOTHING);
        forget();
    }

    MalformedBytesException malformed(String problem) {
        return new MalformedBytesException(problem, position);
    }

    /** The id of the record that begins here, without moving on. */
    int peekRecord() {
        int start = position;
        int id = number(Integer.MAX_VALUE);
        position = start;
        return id;
    }

    /** Begins a record of that id; it reaches to the end of the innermost frame. */
    void startRecord(int id) {
        int found = peekRecord();
        if (found != id) {
            throw malformed("Record " + found + " is not a " + id);
        }
        number(Integer.MAX_VALUE);
        ensure(1);
        int version = buffer[position] & 0xFF;
        if (version != WireIds.VERSION) {
            throw malformed("Version " + version + " of record " + id + " is not known here");
        }
        position++;
        forget();
    }

    boolean hasMore() {
        return position < limit;
    }

    /** Begins the next field if it has that tag; {@link #closeFrame()} ends it. */
    boolean open(int tag) {
        if (position == limit) {
            return false;
        }
        int start = position;
        if (number(Integer.MAX_VALUE) != tag) {
            position = start;
            return false;
        }
        openFrame();
        return true;
    }

    /** Begins the next field, which must have that tag. */
    void openRequired(int tag, String name) {
        if (!open(tag)) {
            throw malformed("Field " + tag + " (" + name + ") is missing");
        }
    }

    /** Begins content that its length precedes; {@link #closeFrame()} ends it. */
    void openFrame() {
        int length = length();
        if (depth == outerLimits.length) {
            throw malformed("Frames are nested more than " + depth + " deep");
        }
        outerLimits[depth++] = limit;
        limit = position + length;
    }

    /** Ends the innermost field or frame, which must be used up. */
    void closeFrame() {
        if (position != limit) {
            throw malformed((limit - position) + " bytes are left over in a field");
        }
        limit = outerLimits[--depth];
    }

    /** Goes to the end of the innermost frame, whatever it holds. */
    void skipRest() {
        position = limit;
    }

    /**
     * Goes over the fields of a newer version, up to the end of the record.
     *
     * @param lastTag the last tag that is known here
     * @return where they begin
     */
    int skipUnknown(int lastTag) {
        int start = position;
        int last = lastTag;
        while (position < limit) {
            int tag = number(Integer.MAX_VALUE);
            if (tag <= last) {
                throw malformed("Field " + tag + " comes after field " + last);
            }
            last = tag;
            int length = length(); // before position is read: "position += length()" reads it too early
            position += length;
        }
        return start;
    }

    /** How deep in frames this is, for {@link #rewind}. */
    int depth() {
        return depth;
    }

    /** Goes back to where this was in an outer frame. */
    void rewind(int start, int end, int outerDepth) {
        position = start;
        limit = end;
        depth = outerDepth;
    }

    /** A free output, to compare what it is given with the bytes read. */
    WireOutput scratch() {
        scratch.restart(MessageCodec.MAX_BYTES);
        return scratch;
    }

    /** Whether {@link #scratch()} holds the same as these bytes from {@code start} up to here. */
    boolean equalsScratch(int start) {
        return Arrays.equals(buffer, start, position, scratch.getBuffer(), 0, scratch.position());
    }

    /** The bytes from {@code start} up to here. */
    Bytes since(int start) {
        return start == position ? Bytes.EMPTY : Bytes.of(Arrays.copyOfRange(buffer, start, position));
    }

    long unsigned() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            ensure(1);
            next = buffer[position++];
            value |= (shift == 56 ? next & 0xFFL : next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0 && shift <= 56);
        if (next == 0 && shift > 7) {
            throw malformed("A number is longer than it needs to be");
        }
        return value;
    }

    long signed() {
        long folded = unsigned();
        return (folded >>> 1) ^ -(folded & 1);
    }

    /** An unsigned number of at most {@code max}. */
    int number(int max) {
        long value = unsigned();
        if (value < 0 || value > max) {
            throw malformed("The number " + Long.toUnsignedString(value) + " is above " + max);
        }
        return (int) value;
    }

    long fixed() {
        ensure(Long.BYTES);
        return readLong();
    }

    boolean flag() {
        return number(1) == 1;
    }

    /** A text with its length. */
    String text() {
        return characters(length());
    }

    /** A text that fills the rest of its frame. */
    String characters() {
        return characters(limit - position);
    }

    String textField(int tag, String name) {
        openRequired(tag, name);
        String text = characters();
        closeFrame();
        return text;
    }

    <V> @Nullable V optional(Function<WireInput, V> form) {
        return flag() ? form.apply(this) : null;
    }

    /** Up to {@code max} bytes that fill the rest of their frame; null when they are more. */
    byte @Nullable [] rest(int max) {
        int length = limit - position;
        if (length > max) {
            return null;
        }
        position = limit;
        return Arrays.copyOfRange(buffer, limit - length, limit);
    }

    TicketId ticketId() {
        return new TicketId(fixed(), fixed());
    }

    /** The id of a field that may be missing. */
    @Nullable
    TicketId ticketIdField(int tag) {
        if (!open(tag)) {
            return null;
        }
        TicketId id = ticketId();
        closeFrame();
        return id;
    }

    CommentId commentId() {
        return new CommentId(fixed(), fixed());
    }

    HybridTimestamp time() {
        return timeOf(unsigned(), unsigned());
    }

    RequestKey requestKey() {
        return new RequestKey(fixed(), fixed(), fixed());
    }

    NodeId nodeId() {
        return new NodeId(fixed(), fixed());
    }

    Origin wholeOrigin() {
        return new Origin(nodeId(), fixed());
    }

    VersionVector vector(@Nullable Origin own) {
        TreeMap<Origin, Long> entries = new TreeMap<>();
        Origin last = null;
        NodeId near = own == null ? null : own.node();
        while (position < limit) {
            Origin origin = vectorOrigin(own, near);
            if (last != null && origin.compareTo(last) <= 0) {
                throw malformed("Origin " + origin + " comes after " + last);
            }
            entries.put(origin, sequence());
            last = origin;
            near = origin.node();
        }
        return VersionVector.of(entries);
    }

    /** The hash over what a summary does not list; null when there is no such field. */
    @Nullable
    Sha256 others(int tag) {
        if (!open(tag)) {
            return null;
        }
        Sha256 others = new Sha256(fixed(), fixed());
        closeFrame();
        return others;
    }

    Origin origin() {
        int number = reference(origins);
        if (number > 0) {
            return origins.get(number - 1);
        }
        int node = reference(nodes);
        if (node == 0) {
            nodes.add(nodeId());
            node = nodes.size();
        }
        Origin origin = new Origin(nodes.get(node - 1), fixed());
        origins.add(origin);
        return origin;
    }

    String word() {
        int number = reference(words);
        if (number > 0) {
            return words.get(number - 1);
        }
        String word = text();
        words.add(word);
        return word;
    }

    Trace trace() {
        int number = reference(traces);
        if (number > 0) {
            return traces.get(number - 1);
        }
        long millis = nearMillis();
        long counterAndFlag = unsigned();
        HybridTimestamp time = timeOf(millis, counterAndFlag >>> 1);
        OperationId operation = new OperationId(origin(), sequence());
        String actor = word();
        long atMillis = (counterAndFlag & 1) == 0 ? millis : millis + signed();
        Trace trace = new Trace(time, operation, actor, atMillis);
        traces.add(trace);
        return trace;
    }

    long nearMillis() {
        lastMillis += signed();
        return lastMillis;
    }

    /** The number of an operation in its origin, from 1. */
    long sequence() {
        long sequence = unsigned();
        if (sequence < 1) {
            throw malformed("The sequence " + sequence + " is below 1");
        }
        return sequence;
    }

    HybridTimestamp timeOf(long millis, long counter) {
        if (millis < 0 || millis > HybridTimestamp.MAX_MILLIS || counter < 0 || counter > MAX_COUNTER) {
            throw malformed("The time " + millis + "+" + counter + " is out of range");
        }
        return HybridTimestamp.of(millis, (int) counter);
    }

    private Origin vectorOrigin(@Nullable Origin own, @Nullable NodeId near) {
        int form = number(WireIds.FAR_ORIGIN);
        Origin origin;
        if (form == WireIds.OWN_ORIGIN && own != null) {
            return own;
        } else if (form == WireIds.NEAR_ORIGIN && near != null) {
            origin = new Origin(near, fixed());
        } else if (form == WireIds.FAR_ORIGIN) {
            origin = wholeOrigin();
            if (origin.node().equals(near)) {
                throw malformed("Origin " + origin + " is longer than it needs to be");
            }
        } else {
            throw malformed("An origin refers to none");
        }
        if (origin.equals(own)) {
            throw malformed("Origin " + origin + " is longer than it needs to be");
        }
        return origin;
    }

    private int reference(List<?> known) {
        return number(known.size());
    }

    private int length() {
        long length = unsigned();
        if (length < 0 || length > limit - position) {
            throw malformed("A length of " + Long.toUnsignedString(length) + " where " + (limit - position)
                    + " bytes are left");
        }
        return (int) length;
    }

    private String characters(int length) {
        int start = position;
        position += length;
        for (int i = start; i < position; i++) {
            if (buffer[i] < 0) {
                return unicode(start, length);
            }
        }
        return new String(buffer, start, length, StandardCharsets.ISO_8859_1);
    }

    /** Decodes what is not ASCII. The JDK replaces what is not UTF-8, which then differs when it is encoded again. */
    private String unicode(int start, int length) {
        String text = new String(buffer, start, length, StandardCharsets.UTF_8);
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(buffer, start, start + length, encoded, 0, encoded.length)) {
            position = start;
            throw malformed("A text is not UTF-8");
        }
        return text;
    }

    private void ensure(int bytes) {
        if (limit - position < bytes) {
            throw malformed(bytes + " bytes are needed and " + (limit - position) + " are left");
        }
    }

    private void forget() {
        nodes = emptied(nodes);
        origins = emptied(origins);
        words = emptied(words);
        traces = emptied(traces);
        lastMillis = 0;
    }

    private static <T> List<T> emptied(List<T> list) {
        if (list.size() > 256) {
            return new ArrayList<>();
        }
        list.clear();
        return list;
    }
}
