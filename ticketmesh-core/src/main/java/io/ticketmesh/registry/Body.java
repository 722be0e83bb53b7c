package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body that came. Fields of types that are not known are passed over, and so is what stands behind the known
 * part of an entry: later versions may have put it there.
 */
final class Body {
    private static final int MAX_FIELDS = 256;

    @Nullable
    NodeId node;

    @Nullable
    Cookie cookie;

    @Nullable
    Place after;

    @Nullable
    Long generation;

    @Nullable
    Long leaseMillis;

    final List<Entry> entries = new ArrayList<>();
    final List<InetSocketAddress> registries = new ArrayList<>();

    private Body() {}

    /** Null when the bytes make no sense. What is allocated is bounded by their number. */
    static @Nullable Body read(byte[] bytes, int offset, int length) {
        Body body = new Body();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        for (int fields = 0; buffer.hasRemaining(); fields++) {
            if (fields == MAX_FIELDS || buffer.remaining() < BodyWriter.FIELD_BYTES) {
                return null;
            }
            int type = Byte.toUnsignedInt(buffer.get());
            int size = Short.toUnsignedInt(buffer.getShort());
            if (size > buffer.remaining()) {
                return null;
            }
            if (!body.take(type, buffer.slice(buffer.position(), size))) {
                return null;
            }
            buffer.position(buffer.position() + size);
        }
        return body;
    }

    private boolean take(int type, ByteBuffer value) {
        return switch (type) {
            case BodyWriter.NODE -> node == null && value.remaining() == 2 * Long.BYTES && setNode(value);
            case BodyWriter.COOKIE -> cookie == null && value.remaining() == Cookie.BYTES && setCookie(value);
            case BodyWriter.ENTRY -> addEntry(value);
            case BodyWriter.LEASE -> leaseMillis == null && value.remaining() == Integer.BYTES && setLease(value);
            case BodyWriter.GENERATION -> generation == null && value.remaining() == Long.BYTES && setGeneration(value);
            case BodyWriter.AFTER -> after == null && value.remaining() == Place.BYTES && setAfter(value);
            case BodyWriter.REGISTRY -> addRegistry(value);
            default -> true;
        };
    }

    private boolean setNode(ByteBuffer value) {
        node = id(value);
        return true;
    }

    private boolean setCookie(ByteBuffer value) {
        cookie = new Cookie(value.getLong(), value.getLong(), value.getLong(), value.getLong());
        return true;
    }

    private boolean setLease(ByteBuffer value) {
        leaseMillis = Integer.toUnsignedLong(value.getInt());
        return true;
    }

    private boolean setGeneration(ByteBuffer value) {
        generation = value.getLong();
        return true;
    }

    private boolean setAfter(ByteBuffer value) {
        after = new Place(value.get() != 0, id(value));
        return true;
    }

    private boolean addRegistry(ByteBuffer value) {
        if (value.remaining() < Short.BYTES) {
            return false;
        }
        int port = Short.toUnsignedInt(value.getShort());
        InetAddress address = address(bytes(value, value.remaining()));
        if (address == null || port == 0) {
            return false;
        }
        registries.add(new InetSocketAddress(address, port));
        return true;
    }

    private boolean addEntry(ByteBuffer value) {
        if (value.remaining() < BodyWriter.ENTRY_FIXED_BYTES) {
            return false;
        }
        boolean late = value.get() != 0;
        NodeId id = id(value);
        long incarnation = value.getLong();
        int revision = value.getInt();
        State state = state(value.get());
        int registryPort = Short.toUnsignedInt(value.getShort());
        byte[] http = counted(value, 1);
        byte[] mesh = http == null ? null : counted(value, 1);
        if (http == null || mesh == null || value.remaining() < Short.BYTES) {
            return false;
        }
        int meshPort = Short.toUnsignedInt(value.getShort());
        byte[] zone = counted(value, 1);
        byte[] meta = zone == null ? null : counted(value, Short.BYTES);
        if (zone == null || meta == null) {
            return false;
        }
        InetAddress meshAddress = address(mesh);
        if (meshAddress == null && mesh.length != 0) {
            return false;
        }
        try {
            Instance instance = new Instance(
                    id,
                    incarnation,
                    http.length == 0 ? null : URI.create(text(http)),
                    meshAddress == null ? null : new InetSocketAddress(meshAddress, meshPort),
                    state,
                    text(zone),
                    text(meta));
            entries.add(new Entry(instance, revision, registryPort, late));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A state of a later version is at least none that wants calls. */
    private static State state(byte number) {
        return number == State.UP.number ? State.UP : State.DRAINING;
    }

    private static byte @Nullable [] counted(ByteBuffer value, int lengthBytes) {
        if (value.remaining() < lengthBytes) {
            return null;
        }
        int length = lengthBytes == 1 ? Byte.toUnsignedInt(value.get()) : Short.toUnsignedInt(value.getShort());
        return length > value.remaining() ? null : bytes(value, length);
    }

    private static byte[] bytes(ByteBuffer value, int length) {
        byte[] bytes = new byte[length];
        value.get(bytes);
        return bytes;
    }

    private static @Nullable InetAddress address(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            return null;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four or sixteen bytes are an address", e);
        }
    }

    private static NodeId id(ByteBuffer value) {
        return new NodeId(value.getLong(), value.getLong());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
