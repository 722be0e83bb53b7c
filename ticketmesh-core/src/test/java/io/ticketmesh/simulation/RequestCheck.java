package io.ticketmesh.simulation;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.store.MemoryStore;
import java.util.List;

/** A request is carried out once wherever its first execution is known, as long as its key is remembered. */
final class RequestCheck implements Check {
    private final Places places;

    RequestCheck(Places places) {
        this.places = places;
    }

    @Override
    public void proposed(Machine machine, List<Proposal> proposals, Effects effects) {
        for (Outcome outcome : effects.outcomes()) {
            if (outcome instanceof Outcome.Accepted accepted) {
                RequestKey request = accepted.operation().request();
                if (request != null) {
                    requireFirst(machine, request);
                }
            }
        }
    }

    private void requireFirst(Machine machine, RequestKey request) {
        MemoryStore disk = machine.disk();
        long latest =
                Math.max(machine.clock().millis(), disk.clockBound().millis()); // it forgot by a clock that was ahead
        long remembered = latest - RequestKey.KEPT_MILLIS;
        places.all().stream()
                .flatMap(id -> disk.history(id).stream())
                .filter(operation ->
                        isSame(operation, request) && operation.time().millis() >= remembered)
                .findFirst()
                .ifPresent(operation -> {
                    throw new AssertionError(machine.name() + " carried out a request again that is " + operation);
                });
    }

    private static boolean isSame(Operation operation, RequestKey request) {
        RequestKey key = operation.request();
        return key != null && key.isSameRequest(request);
    }
}
