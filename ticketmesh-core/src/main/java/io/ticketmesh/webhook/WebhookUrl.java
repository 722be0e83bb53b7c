package io.ticketmesh.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a webhook is sent to: an absolute address of http or https.
 *
 * @param host as it is looked up; a literal of IPv6 without its brackets
 * @param port where it is connected to
 */
record WebhookUrl(URI uri, String host, int port) {
    static final int MAX_CHARS = 2_048;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;

    /**
     * @throws IllegalArgumentException when it is none; the message goes on after the name of a field
     */
    static WebhookUrl parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException("has " + text.length() + " characters, at most " + MAX_CHARS);
        }
        URI uri;
        try {
            uri = new URI(text).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("is not an address like https://desk.example/hooks", malformed);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("must begin with https:// (or http://, for allowed networks)");
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("names no host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("must hold no user, password or fragment");
        }
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("must be in ASCII, other characters percent-encoded");
        }
        int port = uri.getPort() < 0 ? scheme.equals("https") ? HTTPS : HTTP : uri.getPort();
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("has a port that is not 1 to " + MAX_PORT);
        }
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host.toLowerCase(Locale.ROOT);
        return new WebhookUrl(uri, name, port);
    }

    boolean isSecure() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** What stands behind the method in a request. */
    String requestTarget() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The value of the header {@code Host}. */
    String authority() {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** All addresses of the host, asked for now. */
    InetAddress[] addresses() throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }
}
