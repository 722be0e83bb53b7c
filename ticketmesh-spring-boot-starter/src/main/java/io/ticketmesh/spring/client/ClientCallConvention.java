package io.ticketmesh.spring.client;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.ticketmesh.client.RefusedException;
import io.ticketmesh.client.TicketMeshClientException;
import org.jspecify.annotations.Nullable;

/**
 * How the observation of a call of the client is called, and its keys. A bean of this type takes the place of the default, which is what the methods
 * here say: the name {@code ticketmesh.client.call}; of few values {@code method}, {@code outcome} ({@code SUCCESS}, {@code REFUSED} by a server,
 * {@code FAILED} without an answer, {@code ABANDONED} by the caller) and {@code exception} (its simple name, or {@code none}); of many values {@code path}.
 */
public interface ClientCallConvention extends ObservationConvention<ClientCallContext> {
    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ClientCallContext;
    }

    @Override
    default @Nullable String getName() {
        return "ticketmesh.client.call";
    }

    @Override
    default @Nullable String getContextualName(ClientCallContext context) {
        return "ticketmesh " + context.method();
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(ClientCallContext context) {
        Throwable error = context.getError();
        return KeyValues.of(
                KeyValue.of("method", context.method()),
                KeyValue.of("outcome", outcome(error)),
                KeyValue.of(
                        "exception", error == null ? "none" : error.getClass().getSimpleName()));
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(ClientCallContext context) {
        return KeyValues.of("path", context.path());
    }

    private static String outcome(@Nullable Throwable error) {
        if (error == null) {
            return "SUCCESS";
        } else if (error instanceof RefusedException) {
            return "REFUSED";
        }
        return error instanceof TicketMeshClientException ? "FAILED" : "ABANDONED";
    }
}
