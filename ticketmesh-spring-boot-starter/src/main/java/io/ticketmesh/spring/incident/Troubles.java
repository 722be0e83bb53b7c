package io.ticketmesh.spring.incident;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.incident.Incident;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports what goes wrong in the application. The same exception met in several places, as by a handler and then in the log, is one
 * report; what comes up while one is reported is none. Never throws and never waits. Thread-safe.
 */
final class Troubles {
    private static final int REMEMBERED = 64;
    private static final int MAX_TRACE_CHARS = 16_384;

    private final Supplier<@Nullable TicketMesh> node;
    private final List<String> packages;
    private final ThreadLocal<Boolean> reporting = ThreadLocal.withInitial(() -> false);

    /** The exceptions met last. Guarded by itself. */
    private final Deque<WeakReference<Throwable>> met = new ArrayDeque<>();

    /**
     * @param node gives null while there is none
     * @param packages the application's
     */
    Troubles(Supplier<@Nullable TicketMesh> node, List<String> packages) {
        this.node = node;
        this.packages = List.copyOf(packages);
    }

    /** @param where in which part of the application it was met, for people */
    void thrown(Throwable thrown, String where) {
        if (isFirst(ExceptionKind.root(thrown))) {
            ExceptionKind kind = ExceptionKind.of(thrown, packages);
            report(
                    kind.dedupKey(),
                    incident -> incident.title(kind.title())
                            .description(describe(kind))
                            .details(where + "\n\n```\n" + trace(thrown) + "\n```"));
        }
    }

    /**
     * An error was told without an exception.
     *
     * @param pattern the message before its numbers and names are put in
     */
    void told(String logger, String pattern, Supplier<String> message) {
        report(
                "log " + logger + " " + pattern,
                incident -> incident.title(pattern)
                        .description("Logged as an error by `" + logger + "`.")
                        .details(message.get()));
    }

    /** @param status of the component, as Actuator calls it */
    void down(String component, String status) {
        report(
                "health " + component,
                incident -> incident.title("Component " + component + " is down")
                        .description("Actuator tells that `" + component + "` is not well.")
                        .details("Its status is " + status + "."));
    }

    /** It may still be down elsewhere, so its ticket is only told. */
    void up(String component) {
        TicketMesh running = node.get();
        if (running != null) {
            running.incidents().over("health " + component);
        }
    }

    private void report(String key, Consumer<Incident> details) {
        TicketMesh running = node.get();
        if (running == null || reporting.get()) {
            return;
        }
        reporting.set(true);
        try {
            running.incidents().report(key, details);
        } finally {
            reporting.remove();
        }
    }

    private boolean isFirst(Throwable root) {
        synchronized (met) {
            if (met.stream().anyMatch(known -> known.refersTo(root))) {
                return false;
            }
            if (met.size() == REMEMBERED) {
                met.remove();
            }
            return met.add(new WeakReference<>(root));
        }
    }

    private static String describe(ExceptionKind kind) {
        return "An exception that comes from\n\n```\n" + String.join("\n", kind.frames()) + "\n```";
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String text = trace.toString();
        return text.length() <= MAX_TRACE_CHARS ? text : text.substring(0, MAX_TRACE_CHARS) + "…";
    }
}
