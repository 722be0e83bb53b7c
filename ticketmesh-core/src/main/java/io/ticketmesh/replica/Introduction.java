package io.ticketmesh.replica;

/**
 * How a replica introduces itself to others.
 *
 * @param name for people, see {@link io.ticketmesh.cluster.Member#name()}
 * @param wire the newest form of messages and changes that it can read
 */
public record Introduction(String name, int wire) {
    /** No name. */
    public static final Introduction NONE = new Introduction("", 0);
}
