package io.ticketmesh.ticket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which states a ticket can be in, and how it gets from one to the next. Checked where a write is accepted, never where it is
 * merged. All nodes of a mesh should have the same one. Immutable.
 */
public final class Workflow {
    private final Map<Status, StatusCategory> categories;
    private final Map<Status, List<Status>> transitions;
    private final List<Status> initial;
    private final List<String> resolutions;
    private final List<String> types;

    private Workflow(Builder builder) {
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(builder.categories));
        Map<Status, List<Status>> copy = new LinkedHashMap<>();
        builder.transitions.forEach((from, to) -> copy.put(from, List.copyOf(to)));
        transitions = Collections.unmodifiableMap(copy);
        initial = List.copyOf(builder.initial);
        resolutions = List.copyOf(builder.resolutions);
        types = List.copyOf(builder.types);
        requireSound();
    }

    /** new, open, pending, resolved, closed. */
    public static Workflow standard() {
        return builder()
                .state(Status.NEW, StatusCategory.OPEN)
                .state(Status.OPEN, StatusCategory.OPEN)
                .state(Status.PENDING, StatusCategory.WAITING)
                .state(Status.RESOLVED, StatusCategory.DONE)
                .state(Status.CLOSED, StatusCategory.DONE)
                .initial(Status.NEW, Status.OPEN)
                .transition(Status.NEW, Status.OPEN, Status.PENDING, Status.RESOLVED, Status.CLOSED)
                .transition(Status.OPEN, Status.PENDING, Status.RESOLVED, Status.CLOSED)
                .transition(Status.PENDING, Status.OPEN, Status.RESOLVED, Status.CLOSED)
                .transition(Status.RESOLVED, Status.OPEN, Status.CLOSED)
                .transition(Status.CLOSED, Status.OPEN)
                .resolutions("fixed", "workaround", "wont_fix", "duplicate", "invalid", "cannot_reproduce")
                .types("incident", "problem", "request", "question", "bug", "task")
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The category of a state; one that this workflow does not know is open, so that nobody forgets it. */
    public StatusCategory category(Status status) {
        return categories.getOrDefault(status, StatusCategory.OPEN);
    }

    public boolean knows(Status status) {
        return categories.containsKey(status);
    }

    /** All states in the order of their definition. */
    public Set<Status> states() {
        return categories.keySet();
    }

    /** The states that follow {@code from}. From a state that this workflow does not know every state follows. */
    public List<Status> allowedFrom(Status from) {
        if (!knows(from)) {
            return List.copyOf(states());
        }
        return transitions.getOrDefault(from, List.of());
    }

    /** The states in which a ticket can be created; the first is the default. */
    public List<Status> initial() {
        return initial;
    }

    /** The reasons for being done; the first is the default. */
    public List<String> resolutions() {
        return resolutions;
    }

    /** The kinds of tickets; the first is the default. */
    public List<String> types() {
        return types;
    }

    /** The state to which a comment of the reporter reopens a ticket: the first open state that follows {@code from}; else {@code from}. */
    public Status reopened(Status from) {
        return allowedFrom(from).stream()
                .filter(to -> category(to) == StatusCategory.OPEN)
                .findFirst()
                .orElse(from);
    }

    private void requireSound() {
        if (initial.isEmpty() || resolutions.isEmpty() || types.isEmpty()) {
            throw new IllegalArgumentException("A workflow needs an initial state, a resolution and a type");
        }
        initial.forEach(this::requireKnown);
        transitions.forEach((from, to) -> {
            requireKnown(from);
            to.forEach(this::requireKnown);
        });
    }

    private void requireKnown(Status status) {
        if (!knows(status)) {
            throw new IllegalArgumentException("The workflow names the state '" + status + "' without defining it");
        }
    }

    /** Collects a workflow; not thread-safe. */
    public static final class Builder {
        private final Map<Status, StatusCategory> categories = new LinkedHashMap<>();
        private final Map<Status, List<Status>> transitions = new LinkedHashMap<>();
        private final List<Status> initial = new ArrayList<>();
        private final List<String> resolutions = new ArrayList<>();
        private final List<String> types = new ArrayList<>();

        private Builder() {}

        /** Adds a state; names are slugs of at most 32 characters. */
        public Builder state(Status status, StatusCategory category) {
            Texts.slug("status", status.name(), 32);
            categories.put(status, category);
            return this;
        }

        /** Adds ways from one state to others. */
        public Builder transition(Status from, Status... to) {
            transitions.computeIfAbsent(from, key -> new ArrayList<>()).addAll(List.of(to));
            return this;
        }

        public Builder initial(Status... states) {
            initial.addAll(List.of(states));
            return this;
        }

        public Builder resolutions(String... names) {
            for (String name : names) {
                resolutions.add(Texts.slug("resolution", name, 32));
            }
            return this;
        }

        public Builder types(String... names) {
            for (String name : names) {
                types.add(Texts.slug("type", name, 32));
            }
            return this;
        }

        /**
         * @throws IllegalArgumentException when a state is used without being defined, or nothing is initial
         */
        public Workflow build() {
            return new Workflow(this);
        }
    }
}
