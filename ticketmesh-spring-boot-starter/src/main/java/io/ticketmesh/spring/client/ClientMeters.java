package io.ticketmesh.spring.client;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketmesh.client.Attempt;
import io.ticketmesh.client.AttemptListener;
import io.ticketmesh.client.ClientStatistics;
import io.ticketmesh.client.TicketMeshClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters {@code ticketmesh.client.*}: what the client counted, and a timer of its attempts by method and status. Thread-safe.
 *
 * <p>A timer and no observation, because a listener hears of an attempt when it is over, and observations cannot be begun in the past; that of
 * the whole call is {@link ClientObservations}.
 */
final class ClientMeters implements MeterBinder, AttemptListener {
    private final Supplier<TicketMeshClient> client;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    /** @param client opened by the first reading, unless somebody has used it before */
    ClientMeters(Supplier<TicketMeshClient> client) {
        this.client = client;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        counter(registry, "calls", "Calls that were begun", ClientStatistics::calls);
        counter(registry, "calls.failed", "Calls that no server answered as asked", ClientStatistics::failedCalls);
        counter(
                registry,
                "calls.rejected",
                "Calls that were not begun because too many were under way",
                ClientStatistics::rejectedCalls);
        gauge(registry, "calls.active", "Calls under way", ClientStatistics::callsUnderWay);
        counter(registry, "retries", "Attempts that were not the first of their call", ClientStatistics::retries);
        counter(
                registry,
                "quarantines",
                "How often a server was left alone because it failed",
                ClientStatistics::quarantines);
        counter(
                registry,
                "answers.stale",
                "Answers of servers that did not hold yet what the client had seen",
                ClientStatistics::staleAnswers);
        gauge(registry, "servers", "Servers that are known", ClientStatistics::servers);
        gauge(
                registry,
                "servers.troubled",
                "Servers in quarantine or being tried again",
                ClientStatistics::serversInTrouble);
        gauge(
                registry,
                "servers.stale",
                "1 while the list of servers may be out of date, else 0",
                statistics -> statistics.listingStale() ? 1 : 0);
    }

    @Override
    public void attempted(Attempt attempt) {
        String status = attempt.status() == 0 ? "none" : String.valueOf(attempt.status());
        for (MeterRegistry registry : registries) {
            Timer.builder("ticketmesh.client.attempts")
                    .description("Requests to servers; status is none when there was no answer")
                    .tag("method", attempt.method())
                    .tag("status", status)
                    .register(registry)
                    .record(attempt.took());
        }
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ClientStatistics> value) {
        Gauge.builder(
                        "ticketmesh.client." + name,
                        client,
                        source -> value.applyAsDouble(source.get().statistics()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ClientStatistics> value) {
        FunctionCounter.builder(
                        "ticketmesh.client." + name,
                        client,
                        source -> value.applyAsDouble(source.get().statistics()))
                .description(description)
                .register(registry);
    }
}
