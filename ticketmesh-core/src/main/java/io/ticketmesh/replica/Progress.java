package io.ticketmesh.replica;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * When a replica was known to hold how much: the last {@value #MOST} steps, whatever the number of runs. Owned by the replica.
 */
final class Progress {
    static final int MOST = 256;

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Whether the first step of a run may have followed one that is not remembered. */
    private boolean dropped;

    private record Step(Origin origin, long sequence, long atMillis) {}

    /** It holds {@code origin}'s operations up to {@code sequence} now, and did not before. */
    void note(Origin origin, long sequence, long nowMillis) {
        steps.addLast(new Step(origin, sequence, nowMillis));
        if (steps.size() > MOST) {
            steps.removeFirst();
            dropped = true;
        }
    }

    /** It held {@code before}, and holds {@code after} now. */
    void note(VersionVector before, VersionVector after, long nowMillis) {
        after.forEach((origin, sequence) -> {
            if (sequence > before.get(origin)) {
                note(origin, sequence, nowMillis);
            }
        });
    }

    /** When it was first known to hold the operation; null when that is not remembered. */
    @Nullable
    Long since(OperationId operation) {
        boolean sawBefore = !dropped;
        for (Step step : steps) {
            if (step.origin.equals(operation.origin())) {
                if (step.sequence >= operation.sequence()) {
                    return sawBefore ? (Long) step.atMillis : null;
                }
                sawBefore = true;
            }
        }
        return null;
    }
}
