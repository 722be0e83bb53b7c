package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the fields of a body: type (1 byte), length (2), value. Those who write see to it that there is room. */
final class BodyWriter {
    static final int NODE = 1;
    static final int COOKIE = 2;
    static final int ENTRY = 3;
    static final int LEASE = 4;
    static final int GENERATION = 5;
    static final int AFTER = 6;
    static final int REGISTRY = 7;
    static final int PADDING = 8;

    static final int FIELD_BYTES = 3;
    /** Of an entry, before what has no fixed length. */
    static final int ENTRY_FIXED_BYTES = 1 + 3 * Long.BYTES + Integer.BYTES + 1 + 2;

    private final ByteBuffer buffer;
    private final int end;

    /** @param end where the body must end at the latest */
    BodyWriter(ByteBuffer buffer, int end) {
        this.buffer = buffer;
        this.end = end;
    }

    BodyWriter node(NodeId node) {
        return field(NODE, 2 * Long.BYTES).id(node);
    }

    BodyWriter cookie(Cookie cookie) {
        field(COOKIE, Cookie.BYTES);
        buffer.putLong(cookie.issue())
                .putLong(cookie.session())
                .putLong(cookie.proofHigh())
                .putLong(cookie.proofLow());
        return this;
    }

    BodyWriter lease(long millis) {
        field(LEASE, Integer.BYTES);
        buffer.putInt((int) millis);
        return this;
    }

    BodyWriter generation(long generation) {
        field(GENERATION, Long.BYTES);
        buffer.putLong(generation);
        return this;
    }

    BodyWriter after(Place place) {
        field(AFTER, Place.BYTES);
        buffer.put((byte) (place.late() ? 1 : 0));
        return id(place.node());
    }

    BodyWriter registry(InetSocketAddress registry) {
        byte[] address = registry.getAddress().getAddress();
        field(REGISTRY, Short.BYTES + address.length);
        buffer.putShort((short) registry.getPort()).put(address);
        return this;
    }

    BodyWriter entry(Entry entry) {
        Instance instance = entry.instance();
        URI http = instance.http();
        InetSocketAddress mesh = instance.mesh();
        InetAddress address = mesh == null ? null : mesh.getAddress();
        byte[] httpBytes = bytes(http == null ? "" : http.toASCIIString());
        byte[] meshBytes = address == null ? new byte[0] : address.getAddress();
        byte[] zoneBytes = bytes(instance.zone());
        byte[] metaBytes = bytes(instance.meta());
        field(
                ENTRY,
                ENTRY_FIXED_BYTES
                        + (1 + httpBytes.length)
                        + (1 + Short.BYTES + meshBytes.length)
                        + (1 + zoneBytes.length)
                        + (Short.BYTES + metaBytes.length));
        buffer.put((byte) (entry.late() ? 1 : 0));
        id(instance.node());
        buffer.putLong(instance.incarnation())
                .putInt(entry.revision())
                .put((byte) instance.state().number)
                .putShort((short) entry.registryPort())
                .put((byte) httpBytes.length)
                .put(httpBytes)
                .put((byte) meshBytes.length)
                .put(meshBytes)
                .putShort((short) (mesh == null ? 0 : mesh.getPort()))
                .put((byte) zoneBytes.length)
                .put(zoneBytes)
                .putShort((short) metaBytes.length)
                .put(metaBytes);
        return this;
    }

    /** How many bytes {@link #entry} writes. */
    static int bytesOf(Entry entry) {
        Instance instance = entry.instance();
        URI http = instance.http();
        InetSocketAddress mesh = instance.mesh();
        return FIELD_BYTES
                + ENTRY_FIXED_BYTES
                + (1 + (http == null ? 0 : http.toASCIIString().length()))
                + (1 + Short.BYTES + (mesh == null ? 0 : mesh.getAddress().getAddress().length))
                + (1 + bytes(instance.zone()).length)
                + (Short.BYTES + bytes(instance.meta()).length);
    }

    /** Fills the datagram up to its largest size. */
    void pad() {
        int room = end - buffer.position() - FIELD_BYTES;
        if (room >= 0) {
            field(PADDING, room);
            buffer.position(buffer.position() + room);
        }
    }

    private BodyWriter field(int type, int length) {
        buffer.put((byte) type).putShort((short) length);
        return this;
    }

    private BodyWriter id(NodeId node) {
        buffer.putLong(node.high()).putLong(node.low());
        return this;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
