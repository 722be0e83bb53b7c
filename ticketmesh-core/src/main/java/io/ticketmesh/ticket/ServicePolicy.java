package io.ticketmesh.ticket;

import io.ticketmesh.calendar.BusinessCalendar;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is promised for some tickets: durations, counted in working time while somebody has to act, and not while somebody else is waited
 * for. Immutable.
 */
public final class ServicePolicy {
    /** The most characters of a name. */
    public static final int MAX_NAME_CHARS = 64;

    /** The longest target. */
    public static final Duration MAX_TARGET = Duration.ofDays(3_650);

    private final String name;
    private final Map<Criterion.Field, Set<String>> conditions;
    private final BusinessCalendar calendar;
    private final Map<ServiceMetric, Duration> targets;
    private final Escalation escalation;

    private ServicePolicy(Builder builder) {
        name = builder.name;
        conditions = Map.copyOf(builder.conditions);
        calendar = builder.calendar;
        targets = Collections.unmodifiableMap(new EnumMap<>(builder.targets));
        escalation = builder.escalation;
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("The service policy '" + name + "' promises nothing");
        }
    }

    /** @param name a slug of at most {@link #MAX_NAME_CHARS} characters, for people */
    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public BusinessCalendar calendar() {
        return calendar;
    }

    /** In the order of the metrics. */
    public Map<ServiceMetric, Duration> targets() {
        return targets;
    }

    public Escalation escalation() {
        return escalation;
    }

    /** Whether it is about tickets like this one: all its conditions are met. */
    public boolean covers(Ticket ticket) {
        return conditions.entrySet().stream()
                .allMatch(condition ->
                        condition.getKey().valuesOf(ticket).stream().anyMatch(condition.getValue()::contains));
    }

    @Override
    public String toString() {
        return name + " " + targets;
    }

    /** Collects a policy; not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Map<Criterion.Field, Set<String>> conditions = new EnumMap<>(Criterion.Field.class);
        private final Map<ServiceMetric, Duration> targets = new EnumMap<>(ServiceMetric.class);
        private BusinessCalendar calendar = BusinessCalendar.always();
        private Escalation escalation = Escalation.NONE;

        private Builder(String name) {
            this.name = Texts.slug("policy", name, MAX_NAME_CHARS);
        }

        /** About tickets of one of these priorities only. */
        public Builder priorities(Priority... priorities) {
            for (Priority priority : priorities) {
                add(Criterion.Field.PRIORITY, priority.name());
            }
            return this;
        }

        /** About tickets of one of these types only. */
        public Builder types(String... types) {
            for (String type : types) {
                add(Criterion.Field.TYPE, type);
            }
            return this;
        }

        /** About tickets in one of these queues only. */
        public Builder queues(String... queues) {
            for (String queue : queues) {
                add(Criterion.Field.QUEUE, queue);
            }
            return this;
        }

        /** About tickets with at least one of these tags only, in whatever case. */
        public Builder tags(String... tags) {
            for (String tag : tags) {
                add(Criterion.Field.TAG, Tag.of(tag).folded());
            }
            return this;
        }

        /** When time counts. Default: {@link BusinessCalendar#always()}. */
        public Builder calendar(BusinessCalendar calendar) {
            this.calendar = calendar;
            return this;
        }

        /**
         * Promises something within some working time; null takes it back.
         *
         * @throws IllegalArgumentException when it is not positive, or longer than {@link #MAX_TARGET}
         */
        public Builder target(ServiceMetric metric, @Nullable Duration target) {
            if (target == null) {
                targets.remove(metric);
                return this;
            }
            if (target.toMillis() <= 0 || target.compareTo(MAX_TARGET) > 0) {
                throw new IllegalArgumentException("The target of " + metric.label() + " in the service policy '" + name
                        + "' is " + target + ", it must be positive and at most " + MAX_TARGET.toDays() + " days");
            }
            targets.put(metric, Duration.ofMillis(target.toMillis()));
            return this;
        }

        /** What is done when a promise is broken. Default: nothing but an event. */
        public Builder escalation(UnaryOperator<Escalation> escalation) {
            this.escalation = escalation.apply(Escalation.NONE);
            return this;
        }

        /**
         * @throws IllegalArgumentException when it has no target
         */
        public ServicePolicy build() {
            return new ServicePolicy(this);
        }

        private void add(Criterion.Field field, String value) {
            conditions.computeIfAbsent(field, key -> new TreeSet<>()).add(value);
        }
    }
}
