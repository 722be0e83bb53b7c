package io.ticketmesh.spring.incident;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the health of the application from time to time, while it runs: a component that goes down is an incident. */
final class HealthWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Set<String> TROUBLE = Set.of("DOWN", "OUT_OF_SERVICE");

    /** This node's own, which could not write of itself, and what Spring Boot tells of the application's start and end. */
    private static final Set<String> LEFT_OUT = Set.of("ticketMesh", "livenessState", "readinessState");

    private final Troubles troubles;
    private final Supplier<Map<String, String>> statuses;
    private final Duration interval;
    private @Nullable ScheduledThreadPoolExecutor thread;

    /** The components that were down when it looked last. Of the thread that looks. */
    private Set<String> down = Set.of();

    /** @param statuses gives the status of each component now */
    HealthWatch(Troubles troubles, Supplier<Map<String, String>> statuses, Duration interval) {
        this.troubles = troubles;
        this.statuses = statuses;
        this.interval = interval;
    }

    /** Once: tells of what went down, and of what is up again. */
    void look() {
        Map<String, String> now = statuses.get();
        Set<String> isDown = now.entrySet().stream()
                .filter(component -> TROUBLE.contains(component.getValue()))
                .map(Map.Entry::getKey)
                .filter(path -> !LEFT_OUT.contains(path))
                .collect(Collectors.toUnmodifiableSet());
        isDown.stream()
                .filter(path -> !down.contains(path))
                .forEach(path -> troubles.down(path, now.getOrDefault(path, "DOWN")));
        down.stream().filter(path -> !isDown.contains(path)).forEach(troubles::up);
        down = isDown;
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException | LinkageError broken) {
            LOG.debug("The health of the application cannot be read", broken);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it looks until it is stopped
    public synchronized void start() {
        if (thread == null) {
            ScheduledThreadPoolExecutor looking = new ScheduledThreadPoolExecutor(1, work -> {
                Thread named = new Thread(work, "ticketmesh-incident-health");
                named.setDaemon(true);
                return named;
            });
            looking.scheduleWithFixedDelay(this::lookAgain, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
            thread = looking;
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
