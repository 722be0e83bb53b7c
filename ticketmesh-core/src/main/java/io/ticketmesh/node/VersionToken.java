package io.ticketmesh.node;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.wire.MalformedBytesException;
import io.ticketmesh.wire.WireCodec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much has been seen, as a text that clients carry from one node to another without looking into it: base64url without padding
 * of an encoded version vector, at most {@link #MAX_CHARS} characters.
 *
 * <p>That is room for about a hundred runs of nodes. Of a vector with more the token names the run that is asked for first and then those that
 * began last; older ones, whose operations as a rule every node has had long since, are left out.
 */
public final class VersionToken {
    /** The most characters of a token, so that it fits a header. */
    public static final int MAX_CHARS = 4_096;

    /** More runs than a token ever has room for. */
    private static final int TOO_MANY = 1_000;

    private static final WireCodec CODEC = new WireCodec();

    private VersionToken() {}

    /**
     * The token of a vector.
     *
     * @param own the run that is never left out
     */
    public static String of(VersionVector version, Origin own) {
        if (version.size() <= TOO_MANY) {
            String whole = encode(version);
            if (whole.length() <= MAX_CHARS) {
                return whole;
            }
        }
        List<Origin> origins = new ArrayList<>(version.origins());
        origins.sort(Comparator.comparing((Origin origin) -> !origin.equals(own))
                .thenComparing(Comparator.comparingLong(Origin::incarnation).reversed())
                .thenComparing(Comparator.naturalOrder()));
        int kept = Math.min(TOO_MANY, origins.size());
        String token = encode(part(version, origins.subList(0, kept)));
        while (token.length() > MAX_CHARS) {
            kept = Math.min(kept - 1, (int) ((long) kept * MAX_CHARS / token.length()));
            token = encode(part(version, origins.subList(0, kept)));
        }
        return token;
    }

    /**
     * What a token says.
     *
     * @throws IllegalArgumentException when it is none, or too long; the message says which, as the end of a sentence
     */
    public static VersionVector parse(String token) {
        if (token.length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "has " + token.length() + " characters, at most " + MAX_CHARS + " are allowed");
        }
        try {
            return CODEC.decodeVersion(Base64.getUrlDecoder().decode(token));
        } catch (MalformedBytesException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not a version that a node has told", malformed);
        }
    }

    private static String encode(VersionVector version) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(CODEC.encodeVersion(version));
    }

    private static VersionVector part(VersionVector version, List<Origin> origins) {
        Map<Origin, Long> part = new HashMap<>();
        origins.forEach(origin -> part.put(origin, version.get(origin)));
        return VersionVector.of(part);
    }
}
