package io.ticketmesh.node;

import org.jspecify.annotations.Nullable;

/** The node takes no writes: it was configured so, its disk failed, or it is closed. */
public class ReadOnlyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean chosen;

    public ReadOnlyException(String reason) {
        this(reason, null, false);
    }

    public ReadOnlyException(String reason, Throwable cause) {
        this(reason, cause, false);
    }

    ReadOnlyException(String reason, @Nullable Throwable cause, boolean chosen) {
        super("The node takes no writes: " + reason, cause);
        this.chosen = chosen;
    }

    /** Whether somebody wanted it so; else the node failed or is closed. */
    public boolean chosen() {
        return chosen;
    }
}
