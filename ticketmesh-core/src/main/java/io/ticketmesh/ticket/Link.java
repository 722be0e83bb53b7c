package io.ticketmesh.ticket;

/** A reference from one ticket to another. The inverse is computed, not stored. */
public record Link(LinkType type, TicketId target) implements Comparable<Link> {
    @Override
    public int compareTo(Link other) {
        int byType = type.name().compareTo(other.type.name());
        return byType != 0 ? byType : target.compareTo(other.target);
    }
}
