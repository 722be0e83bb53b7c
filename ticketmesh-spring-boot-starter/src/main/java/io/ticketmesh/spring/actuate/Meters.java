package io.ticketmesh.spring.actuate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ticketmesh.TicketMesh;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Where meters of a node are put; each reads the node when somebody reads it. */
record Meters(MeterRegistry registry, Supplier<TicketMesh> node) {
    void gauge(String name, String description, ToDoubleFunction<TicketMesh> value) {
        Gauge.builder(name, node, source -> value.applyAsDouble(source.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** @param tags keys and values in turn */
    void counter(String name, String description, ToDoubleFunction<TicketMesh> value, String... tags) {
        FunctionCounter.builder(name, node, source -> value.applyAsDouble(source.get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
