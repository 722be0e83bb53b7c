package io.ticketmesh.ticket;

/**
 * What a ticket itself knows of one of its comments; the text lives in {@link Comment}.
 *
 * @param atMillis when it was written, milliseconds since 1970
 */
public record CommentHead(CommentId id, CommentKind kind, String author, long atMillis)
        implements Comparable<CommentHead> {
    @Override
    public int compareTo(CommentHead other) {
        int byTime = Long.compare(atMillis, other.atMillis);
        int byId = byTime != 0 ? byTime : id.compareTo(other.id);
        int byKind = byId != 0 ? byId : kind.compareTo(other.kind);
        return byKind != 0 ? byKind : author.compareTo(other.author);
    }
}
