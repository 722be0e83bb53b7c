package io.ticketmesh.feed;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.Sha256;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.wire.MalformedBytesException;
import io.ticketmesh.wire.WireCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has read the feed, in few bytes however many runs of nodes there ever were, and to be taken up again on any node. Immutable.
 *
 * <p>Few runs are told one by one. Of many those are told that still write, began last or have not been read to their end; the others, which
 * every node has had long since, by a hash. A node whose own others have that hash knows exactly what was read. One that has not does not
 * guess: the reader has to begin anew. Runs that begin after the mark was made are in neither, so they spoil no hash, and are read from their
 * beginning.
 *
 * @param summary of the runs that began up to {@code until}, and listed ones
 * @param until the incarnation up to which runs count for the hash
 */
public record FeedMark(VersionSummary summary, long until) {
    /** The most characters of a mark as text. */
    public static final int MAX_CHARS = 8_192;

    /** Up to so many runs are all listed. */
    static final int LISTED = 32;

    /** More runs than are ever listed, so that a mark fits a header. */
    static final int TOO_MANY = 100;

    private static final byte WHOLE = 1;
    private static final byte SUMMED = 2;
    private static final WireCodec CODEC = new WireCodec();

    /**
     * The mark of somebody who has seen {@code seen}.
     *
     * @param held what the node holds
     * @param running the runs that may still write
     */
    public static FeedMark of(VersionVector seen, VersionVector held, Set<Origin> running) {
        if (seen.size() <= LISTED) {
            return new FeedMark(VersionSummary.whole(seen), Long.MAX_VALUE);
        }
        long until = until(seen, held);
        VersionVector listed = listed(seen, held, running, until);
        return new FeedMark(
                new VersionSummary(listed, seen.upTo(until).without(listed).hash()), until);
    }

    /** The last incarnation before the first run of which nothing was read yet; that of the last run when there is none such. */
    private static long until(VersionVector seen, VersionVector held) {
        long last = Long.MIN_VALUE;
        for (Origin origin : seen.origins()) {
            last = Math.max(last, origin.incarnation());
        }
        for (Origin origin : held.origins()) {
            if (origin.incarnation() <= last && seen.get(origin) == 0) {
                last = origin.incarnation() - 1;
            }
        }
        return last;
    }

    private static VersionVector listed(VersionVector seen, VersionVector held, Set<Origin> running, long until) {
        List<Origin> origins = new ArrayList<>(seen.origins());
        origins.sort(Comparator.comparing((Origin origin) -> origin.incarnation() <= until)
                .thenComparing(origin -> seen.get(origin) >= held.get(origin))
                .thenComparing(origin -> !running.contains(origin))
                .thenComparing(Comparator.comparingLong(Origin::incarnation).reversed())
                .thenComparing(Comparator.naturalOrder()));
        Map<Origin, Long> listed = new HashMap<>();
        for (Origin origin : origins) {
            boolean needed = origin.incarnation() > until || seen.get(origin) < held.get(origin);
            if (listed.size() < (needed ? TOO_MANY : LISTED)) {
                listed.put(origin, seen.get(origin));
            }
        }
        return VersionVector.of(listed);
    }

    /**
     * What was seen, as a node knows that holds {@code held}; never more, and less, so that something is told again, only where more than a
     * hundred runs would have to be listed. Null when that cannot be told there, or not yet.
     */
    public @Nullable VersionVector completedBy(VersionVector held) {
        return summary.others() == null ? summary.listed() : summary.completedBy(held.upTo(until));
    }

    /**
     * What a text says.
     *
     * @throws IllegalArgumentException when it is no mark; the message says so, as the end of a sentence
     */
    public static FeedMark parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "has " + text.length() + " characters, at most " + MAX_CHARS + " are allowed");
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            byte kind = bytes.get();
            if (kind == WHOLE) {
                return new FeedMark(VersionSummary.whole(version(bytes)), Long.MAX_VALUE);
            } else if (kind == SUMMED) {
                Sha256 others = new Sha256(bytes.getLong(), bytes.getLong());
                long until = bytes.getLong();
                return new FeedMark(new VersionSummary(version(bytes), others), until);
            }
        } catch (MalformedBytesException | BufferUnderflowException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not an id that a node has told", malformed);
        }
        throw new IllegalArgumentException("is not an id that a node has told");
    }

    private static VersionVector version(ByteBuffer bytes) {
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return CODEC.decodeVersion(rest);
    }

    /** As text, of letters, digits, '-' and '_'. */
    @Override
    public String toString() {
        byte[] listed = CODEC.encodeVersion(summary.listed());
        Sha256 others = summary.others();
        ByteBuffer bytes = ByteBuffer.allocate(1 + 3 * Long.BYTES + listed.length);
        if (others == null) {
            bytes.put(WHOLE);
        } else {
            bytes.put(SUMMED).putLong(others.high()).putLong(others.low()).putLong(until);
        }
        bytes.put(listed).flip();
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(exact);
    }
}
