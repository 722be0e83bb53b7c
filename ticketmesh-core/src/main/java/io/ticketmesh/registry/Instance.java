package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A server as registries list it. Immutable.
 *
 * <p>Where a host is left open, as {@code 0.0.0.0} or {@code [::]}, a registry puts the address that the registration came from.
 *
 * @param node which server
 * @param incarnation which run of it; of two with the same node, the higher is the newer
 * @param http where it answers HTTP, plain or over TLS: scheme, host, port and path, at most {@value #MAX_HTTP_CHARS} characters;
 *     null while it does not, such as before its web server is up
 * @param mesh where other members of the mesh reach it; null when it takes no part in one, or is not reached by TCP
 * @param state whether it wants calls
 * @param zone where it runs, for clients that prefer what is near; at most {@value #MAX_ZONE_BYTES} bytes of UTF-8, often empty
 * @param meta whatever the application wants clients to know; at most {@value #MAX_META_BYTES} bytes of UTF-8, often empty
 */
public record Instance(
        NodeId node,
        long incarnation,
        @Nullable URI http,
        @Nullable InetSocketAddress mesh,
        State state,
        String zone,
        String meta) {
    public static final int MAX_HTTP_CHARS = 255;
    public static final int MAX_ZONE_BYTES = 64;
    public static final int MAX_META_BYTES = 256;

    /** Whether a server wants calls. */
    public enum State {
        /** It does. */
        UP(0),
        /** It is about to stop: it still answers, but clients should turn to others. */
        DRAINING(1);

        /** On the wire. */
        final int number;

        State(int number) {
            this.number = number;
        }
    }

    /** @throws IllegalArgumentException when something is too long, or is no address */
    public Instance {
        if (http != null) {
            requireServerAddress(http);
        }
        require(mesh == null || !mesh.isUnresolved(), "mesh names a host that has no address: ", mesh);
        require(mesh == null || mesh.getPort() != 0, "mesh has no port: ", mesh);
        require(bytes(zone) <= MAX_ZONE_BYTES, "zone has more than " + MAX_ZONE_BYTES + " bytes: ", zone);
        require(bytes(meta) <= MAX_META_BYTES, "meta has more than " + MAX_META_BYTES + " bytes: ", meta);
    }

    /** A server that is up, with nothing said about it yet. */
    public static Instance of(NodeId node, long incarnation) {
        return new Instance(node, incarnation, null, null, State.UP, "", "");
    }

    public Instance withHttp(@Nullable URI value) {
        return new Instance(node, incarnation, value, mesh, state, zone, meta);
    }

    public Instance withMesh(@Nullable InetSocketAddress value) {
        return new Instance(node, incarnation, http, value, state, zone, meta);
    }

    public Instance withState(State value) {
        return new Instance(node, incarnation, http, mesh, value, zone, meta);
    }

    public Instance withZone(String value) {
        return new Instance(node, incarnation, http, mesh, state, value, meta);
    }

    public Instance withMeta(String value) {
        return new Instance(node, incarnation, http, mesh, state, zone, value);
    }

    /**
     * The same with {@code source} where a host was left open.
     *
     * @throws IllegalArgumentException when it is too long with that
     */
    Instance seenFrom(InetAddress source) {
        URI seenHttp = http != null && isOpen(http.getHost()) ? withHost(http, source) : http;
        InetSocketAddress seenMesh = mesh != null && mesh.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(source, mesh.getPort())
                : mesh;
        return new Instance(node, incarnation, seenHttp, seenMesh, state, zone, meta);
    }

    private static void requireServerAddress(URI http) {
        boolean isHttp = "http".equalsIgnoreCase(http.getScheme()) || "https".equalsIgnoreCase(http.getScheme());
        require(isHttp, "http must begin with http:// or https://, not be ", http);
        require(http.getHost() != null, "http names no host: ", http);
        require(http.getPort() != 0 && http.getPort() <= 65_535, "http has no such port: ", http);
        require(
                http.getRawUserInfo() == null && http.getRawQuery() == null && http.getRawFragment() == null,
                "http must be host, port and path only, not ",
                http);
        require(
                http.toASCIIString().length() <= MAX_HTTP_CHARS,
                "http has more than " + MAX_HTTP_CHARS + " characters: ",
                http);
    }

    private static boolean isOpen(String host) {
        return host.equals("0.0.0.0") || host.equals("[::]");
    }

    private static URI withHost(URI http, InetAddress source) {
        String address = source.getHostAddress();
        int scope = address.indexOf('%');
        String host = scope < 0 ? address : address.substring(0, scope);
        String port = http.getPort() < 0 ? "" : ":" + http.getPort();
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create(http.getScheme() + "://" + bracketed + port + http.getRawPath());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean condition, String complaint, @Nullable Object culprit) {
        if (!condition) {
            throw new IllegalArgumentException("Instance: " + complaint + culprit);
        }
    }
}
