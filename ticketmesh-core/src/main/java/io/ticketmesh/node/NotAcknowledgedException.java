package io.ticketmesh.node;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Copies;
import java.util.stream.Collectors;

/** Not enough members held a write on disk in time. The write is kept and will spread: it must not be made again. */
public final class NotAcknowledgedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // is read where it is thrown
    private final Copies copies;

    public NotAcknowledgedException(Copies copies) {
        super("The write is kept and will spread, but in time only "
                + copies.holders().size() + " of "
                + copies.members() + " members held it ("
                + copies.holders().stream().map(NodeId::shortName).sorted().collect(Collectors.joining(", "))
                + "); '" + copies.wanted().text() + "' needs "
                + copies.wanted().copies(copies.members()) + ". Do not repeat it under another key");
        this.copies = copies;
    }

    /** Who had it when the time was over. */
    public Copies copies() {
        return copies;
    }
}
