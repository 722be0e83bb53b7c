package io.ticketmesh.spring.event;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters {@code ticketmesh.events.*}. */
final class EventMeters implements MeterBinder {
    private final TicketEventPublisher publisher;

    EventMeters(TicketEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ticketmesh.events.waiting", publisher, TicketEventPublisher::waiting)
                .description("Events that wait for listeners of the application")
                .register(registry);
        FunctionCounter.builder("ticketmesh.events.missed", publisher, TicketEventPublisher::missed)
                .description("How often all events that waited were thrown away because there were too many")
                .register(registry);
    }
}
