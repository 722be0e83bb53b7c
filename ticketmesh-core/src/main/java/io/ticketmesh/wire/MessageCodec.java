package io.ticketmesh.wire;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of one mesh into bytes and back. Thread-safe; nothing blocks.
 *
 * <p>A message is a fixed envelope and a body of fields. Operations and ticket states in it have the bytes that {@link WireCodec}
 * gives them, so what a newer version wrote into an operation is passed on byte for byte. Neither secrecy nor origin is checked
 * here: that is for the seal around the bytes.
 *
 * <p><b>Newer versions</b> of the same major version are understood as far as they go: unknown fields are skipped, messages of
 * unknown types ignored. Another major version is for what older nodes must not try to read; they ignore all of it.
 */
public final class MessageCodec {
    /**
     * The version of changes that is understood here, which a {@link io.ticketmesh.cluster.Member} announces. A node sends what is newer
     * than this only once every active node has announced as much.
     */
    public static final int WIRE_MINOR = 2;

    /** The minor version of the forms of messages; the changes within them are told apart by their kinds. */
    private static final int FORM_MINOR = 1;

    /** The bytes before the body. */
    public static final int ENVELOPE_BYTES = Envelope.BYTES;

    /** The most bytes of a body: 8 MiB. A single operation or ticket state in it has {@link WireCodec#MAX_BYTES}. */
    public static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    /** The most bytes of a message. */
    public static final int MAX_BYTES = ENVELOPE_BYTES + MAX_BODY_BYTES;

    private final long cluster;
    private final WirePool pool = new WirePool();
    private final LongAdder foreign = new LongAdder();
    private final LongAdder newer = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder malformed = new LongAdder();

    /** @param cluster which mesh this is: messages of others are ignored */
    public MessageCodec(long cluster) {
        this.cluster = cluster;
    }

    /**
     * The bytes of a message.
     *
     * @throws TooLargeException when the body would take more than {@link #MAX_BODY_BYTES}, or one operation, ticket state or
     *     version in it more than {@link WireCodec#MAX_BYTES}
     * @throws io.ticketmesh.ticket.InvalidChangeException for a text with half a surrogate pair, which has no encoding
     */
    public byte[] encode(Origin from, Message message) {
        WireSession session = pool.take();
        try {
            MessageForm<?> form = MessageTypes.formOf(message);
            WireOutput output = session.output(MAX_BYTES);
            output.writeBytes(new byte[ENVELOPE_BYTES]);
            session.writeBody(form, message);
            byte[] bytes = output.toBytes();
            new Envelope(FORM_MINOR, form.type(), 0, cluster, from).write(bytes);
            return bytes;
        } catch (KryoBufferOverflowException larger) {
            throw new TooLargeException("message", MAX_BODY_BYTES);
        } finally {
            pool.giveBack(session);
        }
    }

    /**
     * The message that fills a part of {@code bytes}; null, and counted, when it is to be ignored: of another mesh, of a later
     * major version, or of a type or with a flag that is unknown here. Allocates no more than a small multiple of the bytes, which
     * are not kept.
     *
     * @throws MalformedBytesException when they are no valid encoding; counted too. Its position is that in {@code bytes}
     * @throws IndexOutOfBoundsException when {@code bytes} have no such part
     */
    public @Nullable Incoming decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        try {
            return read(bytes, offset, length);
        } catch (MalformedBytesException invalid) {
            malformed.increment();
            throw invalid;
        }
    }

    /** How many messages were ignored since the start, for whatever reason. */
    public long ignored() {
        return ignoredForeign() + ignoredNewer() + ignoredUnknown();
    }

    /** How many messages were ignored because they were of another mesh. */
    public long ignoredForeign() {
        return foreign.sum();
    }

    /** How many messages were ignored because a later major version wrote them. */
    public long ignoredNewer() {
        return newer.sum();
    }

    /** How many messages were ignored because their type or a flag is unknown. */
    public long ignoredUnknown() {
        return unknown.sum();
    }

    /** How many byte sequences were refused since the start because they were no valid encoding. */
    public long malformed() {
        return malformed.sum();
    }

    private @Nullable Incoming read(byte[] bytes, int offset, int length) {
        if (length > MAX_BYTES) {
            throw new MalformedBytesException(
                    "A message of " + length + " bytes, at most " + MAX_BYTES + " are allowed", offset);
        }
        if (Envelope.isNewer(bytes, offset, length)) {
            newer.increment();
            return null;
        }
        Envelope envelope = Envelope.read(bytes, offset, length);
        if (envelope.cluster() != cluster) {
            foreign.increment();
            return null;
        }
        MessageForm<?> form = MessageTypes.form(envelope.type());
        if (form == null || envelope.flags() != 0) {
            unknown.increment();
            return null;
        }
        boolean newerMinor = envelope.minor() > FORM_MINOR;
        return new Incoming(
                envelope.from(), body(form, newerMinor, bytes, offset + ENVELOPE_BYTES, length - ENVELOPE_BYTES));
    }

    private Message body(MessageForm<?> form, boolean newerMinor, byte[] bytes, int offset, int length) {
        WireSession session = pool.take();
        try {
            session.input(bytes, offset, length);
            return session.readBody(form, newerMinor);
        } catch (MalformedBytesException invalid) {
            throw invalid;
        } catch (RuntimeException | StackOverflowError invalid) {
            throw new MalformedBytesException(
                    "Not a valid " + form.messages().getSimpleName() + " (" + invalid.getMessage() + ")",
                    session.position(),
                    invalid);
        } finally {
            session.release();
            pool.giveBack(session);
        }
    }
}
