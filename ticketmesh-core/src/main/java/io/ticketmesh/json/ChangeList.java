package io.ticketmesh.json;

import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The changes that a body asks for: one that is refused when it is made becomes a violation. For one thread. */
final class ChangeList {
    private final Violations violations;
    private final List<Change> changes = new ArrayList<>();

    ChangeList(Violations violations) {
        this.violations = violations;
    }

    Violations violations() {
        return violations;
    }

    void add(JsonPointer pointer, Supplier<? extends Change> change) {
        try {
            changes.add(change.get());
        } catch (InvalidChangeException refused) {
            violations.add(
                    pointer, refused.code(), refused.problem(), refused.limit().orElse(null));
        }
    }

    /**
     * The changes in order.
     *
     * @throws InvalidJsonException with everything that is wrong
     */
    List<Change> complete() {
        violations.throwIfAny();
        return List.copyOf(changes);
    }
}
