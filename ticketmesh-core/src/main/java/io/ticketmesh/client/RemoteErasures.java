package io.ticketmesh.client;

import io.ticketmesh.erasure.ErasureMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Erasures of what people wrote, and of their names, on all nodes. Thread-safe. */
public final class RemoteErasures {
    private final AsyncRemoteErasures async;

    RemoteErasures(AsyncRemoteErasures async) {
        this.async = async;
    }

    /**
     * Begins to erase a person; {@link #find} tells how far it is, a moment later. Repeated at another server when an answer was lost, which
     * takes nothing away that should stay; there are two erasures then.
     *
     * @param person the name of the actor, exactly
     * @param mode what becomes of the tickets that he created or reported
     */
    public RemoteErasure erase(String person, ErasureMode mode) {
        return Outcome.of(async.erase(person, mode));
    }

    /** The last hundred that the server knows, the newest first, and who has carried each out. */
    public List<RemoteErasure> latest() {
        return Outcome.of(async.latest());
    }

    /** The erasure and who has carried it out; null when the server knows of none, or not yet. */
    public @Nullable RemoteErasure find(String id) {
        return Outcome.of(async.find(id));
    }

    /** The erasure and who has carried it out. */
    public RemoteErasure get(String id) {
        return Outcome.of(async.get(id));
    }
}
