package io.ticketmesh.registry;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.SealKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams as bytes and back, big endian. What was not made by one of the same cluster with the same secret is not looked at any
 * further; nothing that comes makes it throw. Owned by one thread.
 */
final class DatagramCodec {
    private final long cluster;
    private final PacketSeal seal;
    private final boolean sealed;
    private final Tally tally;
    private @Nullable Fault lastFault;

    /**
     * @param key of the registry; null without a secret
     * @param previous accepted too, while a secret is being exchanged
     * @param tally counts what does not decode
     */
    DatagramCodec(ClusterName cluster, @Nullable SealKey key, @Nullable SealKey previous, Tally tally) {
        this.cluster = cluster.id();
        this.seal = PacketSeal.of(key, previous);
        this.sealed = key != null;
        this.tally = tally;
    }

    /** Whether there is a secret. */
    boolean isSealed() {
        return sealed;
    }

    Tally tally() {
        return tally;
    }

    /** How many bytes a body may have. */
    int maxBodyBytes() {
        return Datagram.MAX_BYTES - Datagram.BODY_AT - seal.bytes();
    }

    /** A new array with the datagram. */
    byte[] encode(Datagram datagram) {
        Packet packet = datagram.packet();
        byte[] bytes = new byte[Datagram.MAX_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes)
                .putInt(Datagram.MAGIC)
                .put((byte) Datagram.VERSION)
                .put((byte) packet.type())
                .putShort((short) packet.flags())
                .putShort((short) 0)
                .putLong(cluster)
                .putLong(datagram.request())
                .putLong(datagram.session())
                .putLong(datagram.counter())
                .putInt(seal.key());
        packet.write(new BodyWriter(buffer, Datagram.MAX_BYTES - seal.bytes()));
        int end = buffer.position();
        buffer.putShort(Datagram.LENGTH_AT, (short) (end - Datagram.BODY_AT));
        seal.put(bytes, end);
        return Arrays.copyOf(bytes, end + seal.bytes());
    }

    /** What the bytes say; null, counted, when they are no datagram of this cluster and version. */
    @Nullable
    Datagram decode(byte[] bytes, int length) {
        lastFault = faultOf(bytes, length);
        if (lastFault != null) {
            tally.count(lastFault);
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, length);
        Body body = Body.read(bytes, Datagram.BODY_AT, length - Datagram.BODY_AT - seal.bytes());
        int type = Byte.toUnsignedInt(header.get(Datagram.TYPE_AT));
        Packet packet =
                body == null ? null : packet(type, Short.toUnsignedInt(header.getShort(Datagram.FLAGS_AT)), body);
        if (packet == null) {
            lastFault = body != null && type > Packet.Here.TYPE ? Fault.TYPE : Fault.BODY;
            tally.count(lastFault);
            return null;
        }
        return new Datagram(
                header.getLong(Datagram.REQUEST_AT),
                header.getLong(Datagram.SESSION_AT),
                header.getLong(Datagram.COUNTER_AT),
                packet);
    }

    /** Why the last bytes did not decode; null when they did. */
    @Nullable
    Fault lastFault() {
        return lastFault;
    }

    /** The request of a datagram of any version that has a whole header. */
    static long requestOf(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong(Datagram.REQUEST_AT);
    }

    private @Nullable Fault faultOf(byte[] bytes, int length) {
        if (length < Datagram.BODY_AT + seal.bytes() || length > Datagram.MAX_BYTES) {
            return Fault.LENGTH;
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, length);
        if (header.getInt(0) != Datagram.MAGIC) {
            return Fault.MAGIC;
        }
        int bodyBytes = Short.toUnsignedInt(header.getShort(Datagram.LENGTH_AT));
        if (bodyBytes != length - Datagram.BODY_AT - seal.bytes()) {
            return Fault.LENGTH;
        }
        if (header.getLong(Datagram.CLUSTER_AT) != cluster) {
            return Fault.CLUSTER;
        }
        int key = header.getInt(Datagram.KEY_AT);
        if (!seal.knows(key)) {
            return Fault.KEY;
        }
        if (!seal.isAt(bytes, length - seal.bytes(), key)) {
            return Fault.SEAL;
        }
        return header.get(Datagram.VERSION_AT) == Datagram.VERSION ? null : Fault.VERSION;
    }

    private static @Nullable Packet packet(int type, int flags, Body body) {
        return switch (type) {
            case Packet.Hello.TYPE -> body.node == null ? null : new Packet.Hello(body.node);
            case Packet.Challenge.TYPE -> body.cookie == null ? null : new Packet.Challenge(body.cookie);
            case Packet.Register.TYPE ->
                body.entries.size() == 1 ? new Packet.Register(body.entries.get(0), body.cookie) : null;
            case Packet.Renew.TYPE -> new Packet.Renew();
            case Packet.Leave.TYPE -> new Packet.Leave();
            case Packet.Ok.TYPE -> body.leaseMillis == null ? null : new Packet.Ok(body.leaseMillis, body.registries);
            case Packet.Lookup.TYPE -> new Packet.Lookup(body.cookie, body.after);
            case Packet.Page.TYPE -> page(flags, body);
            case Packet.Watch.TYPE ->
                body.cookie == null || body.generation == null ? null : new Packet.Watch(body.cookie, body.generation);
            case Packet.Changed.TYPE -> body.generation == null ? null : new Packet.Changed(body.generation);
            case Packet.Refused.TYPE -> refused(flags);
            case Packet.Probe.TYPE -> new Packet.Probe((flags & Packet.Probe.LINK) != 0);
            case Packet.Here.TYPE -> new Packet.Here();
            default -> null;
        };
    }

    private static Packet.@Nullable Page page(int flags, Body body) {
        if (body.cookie == null || body.generation == null) {
            return null;
        }
        return new Packet.Page(
                body.generation,
                (flags & Packet.Page.MORE) != 0,
                (flags & Packet.Page.WARMING) != 0,
                (flags & Packet.Page.PROTECTING) != 0,
                body.cookie,
                body.entries,
                body.registries);
    }

    private static Packet.@Nullable Refused refused(int flags) {
        Refusal reason = Refusal.of(flags);
        return reason == null ? null : new Packet.Refused(reason);
    }
}
