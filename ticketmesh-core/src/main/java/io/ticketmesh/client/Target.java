package io.ticketmesh.client;

import java.nio.charset.StandardCharsets;

/** Path and query of a request, percent-encoded. Immutable. */
final class Target {
    private static final String UNRESERVED = "-._~";

    private final String path;
    private final String query;

    private Target(String path, String query) {
        this.path = path;
        this.query = query;
    }

    /** @param root a path as the server has it configured, like {@code /tickets} */
    static Target at(String root) {
        return new Target(root, "");
    }

    /**
     * The same with one more part of the path.
     *
     * @throws IllegalArgumentException when servers would take it for something else than one part: it is empty, a dot or two, or holds a
     *     slash or backslash
     */
    Target with(String part) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            throw new IllegalArgumentException("'" + part + "' cannot stand in a path");
        }
        if (part.indexOf('/') >= 0 || part.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "'" + part + "' holds a slash and cannot stand in a path; use change, which takes whole lists");
        }
        return new Target(path + "/" + encoded(part), query);
    }

    /** The same with one more parameter. */
    Target and(String name, String value) {
        String pair = encoded(name) + "=" + encoded(value);
        return new Target(path, query.isEmpty() ? pair : query + "&" + pair);
    }

    String path() {
        return path;
    }

    /** The parameters as they stand in a request, without the question mark; empty when there are none. */
    String query() {
        return query;
    }

    /** Path and query as they stand in a request. */
    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
