package io.ticketmesh.ticket;

/**
 * A state of the workflow, by name. Not an enumeration: applications define their own, and a state that only a newer version
 * knows is kept and shown as it is.
 */
public record Status(String name) {
    public static final Status NEW = new Status("new");
    public static final Status OPEN = new Status("open");
    public static final Status PENDING = new Status("pending");
    public static final Status RESOLVED = new Status("resolved");
    public static final Status CLOSED = new Status("closed");

    @Override
    public String toString() {
        return name;
    }
}
