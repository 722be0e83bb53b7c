package io.ticketmesh.spring.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meter {@code ticketmesh.streams.open}. */
final class StreamMeters implements MeterBinder {
    private final EventStreams streams;

    StreamMeters(EventStreams streams) {
        this.streams = streams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ticketmesh.streams.open", streams, EventStreams::size)
                .description("Streams of events that are open")
                .register(registry);
    }
}
