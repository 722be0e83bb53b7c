package io.ticketmesh.incident;

import io.ticketmesh.ticket.Priority;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad an incident is, which says the priority of its ticket when that is created. */
public enum Severity {
    /** Priority low. */
    INFO,
    /** Priority normal. */
    WARNING,
    /** Priority high; the default. */
    ERROR,
    /** Priority urgent. */
    CRITICAL;

    /** All names, in their order. */
    public static final List<String> LABELS =
            Arrays.stream(values()).map(Severity::label).toList();

    public Priority priority() {
        return switch (this) {
            case INFO -> Priority.LOW;
            case WARNING -> Priority.NORMAL;
            case ERROR -> Priority.HIGH;
            case CRITICAL -> Priority.URGENT;
        };
    }

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> labelled(String label) {
        return Arrays.stream(values())
                .filter(severity -> severity.label().equals(label))
                .findFirst();
    }
}
