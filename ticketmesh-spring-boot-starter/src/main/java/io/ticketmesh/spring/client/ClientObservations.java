package io.ticketmesh.spring.client;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.ticketmesh.client.CallListener;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Observes every call of the client, below what the calling thread observes. Thread-safe. */
final class ClientObservations implements CallListener {
    private static final ClientCallConvention DEFAULT = new ClientCallConvention() {};

    private final ObservationRegistry registry;
    private final @Nullable ClientCallConvention convention;

    /** @param convention in place of the default; null for that, or one that was set for the registry */
    ClientObservations(ObservationRegistry registry, @Nullable ClientCallConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Ending begun(String method, String path, BiConsumer<String, String> headers) {
        Observation observation = Observation.createNotStarted(
                convention, DEFAULT, () -> new ClientCallContext(method, path, headers), registry);
        observation.start();
        return failure -> {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        };
    }
}
