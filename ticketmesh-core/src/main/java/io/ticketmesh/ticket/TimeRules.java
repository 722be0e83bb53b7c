package io.ticketmesh.ticket;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What time does to tickets: in which zone a day ends, what is promised for which tickets, and when resolved ones are closed. All nodes
 * of a mesh should have the same. Immutable.
 */
public final class TimeRules {
    private static final TimeRules STANDARD = builder().build();

    private final ZoneId zone;
    private final List<ServicePolicy> policies;
    private final @Nullable Duration closeResolvedAfter;

    private TimeRules(Builder builder) {
        zone = builder.zone;
        policies = List.copyOf(builder.policies);
        closeResolvedAfter = builder.closeResolvedAfter;
    }

    /** Days end in UTC, nothing is promised, and resolved tickets stay resolved. */
    public static TimeRules standard() {
        return STANDARD;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where a due date has ended decides whether it has. */
    public ZoneId zone() {
        return zone;
    }

    public List<ServicePolicy> policies() {
        return policies;
    }

    /** After how long without any change a resolved ticket is closed; null for never. */
    public @Nullable Duration closeResolvedAfter() {
        return closeResolvedAfter;
    }

    /** The first policy that covers the ticket. */
    public Optional<ServicePolicy> policyOf(Ticket ticket) {
        return policies.stream().filter(policy -> policy.covers(ticket)).findFirst();
    }

    /** Collects rules; not thread-safe. */
    public static final class Builder {
        private final List<ServicePolicy> policies = new ArrayList<>();
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable Duration closeResolvedAfter;

        private Builder() {}

        /** In which zone the day of a due date ends. Default: UTC. */
        public Builder zone(ZoneId zone) {
            this.zone = zone;
            return this;
        }

        /** Adds a policy; of those that cover a ticket the one that was added first counts. */
        public Builder policy(ServicePolicy policy) {
            if (policies.stream().anyMatch(other -> other.name().equals(policy.name()))) {
                throw new IllegalArgumentException("There are two service policies '" + policy.name() + "'");
            }
            policies.add(policy);
            return this;
        }

        /**
         * After how long without any change a resolved ticket is closed; null for never, which is the default.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder closeResolvedAfter(@Nullable Duration quiet) {
            if (quiet != null && quiet.toMillis() <= 0) {
                throw new IllegalArgumentException("Resolved tickets cannot be closed after " + quiet);
            }
            closeResolvedAfter = quiet;
            return this;
        }

        public TimeRules build() {
            return new TimeRules(this);
        }
    }
}
