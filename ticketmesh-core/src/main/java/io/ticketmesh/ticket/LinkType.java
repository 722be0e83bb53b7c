package io.ticketmesh.ticket;

import java.util.List;
import java.util.Optional;

/** How one ticket refers to another. One that only a newer version knows is kept and shown as it is. */
public record LinkType(String name, String inverse) {
    public static final LinkType RELATES_TO = new LinkType("relates_to", "relates_to");
    public static final LinkType BLOCKS = new LinkType("blocks", "blocked_by");
    public static final LinkType DUPLICATES = new LinkType("duplicates", "duplicated_by");
    public static final LinkType PARENT = new LinkType("parent", "child");

    /** All that this version knows. */
    public static final List<LinkType> ALL = List.of(RELATES_TO, BLOCKS, DUPLICATES, PARENT);

    /** The type of that name, among those that this version knows. */
    public static Optional<LinkType> named(String name) {
        return ALL.stream().filter(type -> type.name.equals(name)).findFirst();
    }
}
