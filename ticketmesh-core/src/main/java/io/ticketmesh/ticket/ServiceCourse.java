package io.ticketmesh.ticket;

import io.ticketmesh.calendar.BusinessCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a promise so far, as far as it does not depend on what time it is now. Immutable.
 *
 * @param dueAt when the target is used up, if nothing happens before; null when the clock stands, or ended before
 * @param usedUp whether that was before something happened, so that nothing can change it any more
 * @param ended whether what was promised came, or the ticket is done
 * @param left the working time that was left when the clock last stopped or began
 */
record ServiceCourse(@Nullable Instant dueAt, boolean usedUp, boolean ended, Duration left) {
    /** A time in which somebody had to act, in milliseconds since 1970; the last one may be open. */
    private record Span(long from, @Nullable Long until) {}

    static ServiceCourse of(TicketView ticket, ServiceMetric metric, Duration target, BusinessCalendar calendar) {
        Instant answered = metric == ServiceMetric.FIRST_RESPONSE ? ticket.firstResponseAt() : null;
        Instant begin = metric == ServiceMetric.UPDATE ? ticket.lastResponseAt() : null;
        boolean ended = answered != null || ticket.category() == StatusCategory.DONE;
        Duration left = target;
        Instant dueAt = null;
        for (Span span : spans(ticket, begin, answered)) {
            Instant from = Instant.ofEpochMilli(span.from());
            dueAt = calendar.add(from, left);
            if (span.until() != null) {
                Instant until = Instant.ofEpochMilli(span.until());
                if (dueAt.isBefore(until)) {
                    return new ServiceCourse(dueAt, true, ended, Duration.ZERO);
                }
                left = left.minus(calendar.between(from, until));
                dueAt = null;
            }
        }
        return new ServiceCourse(dueAt, false, ended, left);
    }

    /** How the promise stands at a time. */
    ServiceClock at(Instant now, ServiceMetric metric, ServicePolicy policy, Duration target) {
        ServiceClock.State state;
        Duration remaining = null;
        if (usedUp || !ended && dueAt != null && !now.isBefore(dueAt)) {
            state = ServiceClock.State.BREACHED;
        } else if (ended) {
            state = ServiceClock.State.MET;
        } else if (dueAt == null) {
            state = ServiceClock.State.PAUSED;
            remaining = left;
        } else {
            state = ServiceClock.State.RUNNING;
            Duration toGo = policy.calendar().between(now, dueAt);
            remaining = toGo.compareTo(left) < 0 ? toGo : left;
        }
        return new ServiceClock(metric, policy.name(), target, state, ended, dueAt, remaining);
    }

    /**
     * The times in which somebody had to act, from {@code begin}, else from the creation, until {@code end}. Where recorded history is not in
     * the order of its times, what follows counts from the latest time before it.
     */
    private static List<Span> spans(TicketView ticket, @Nullable Instant begin, @Nullable Instant end) {
        long first = (begin == null ? ticket.createdAt() : begin).toEpochMilli();
        long last = end == null ? Long.MAX_VALUE : end.toEpochMilli();
        List<Span> spans = new ArrayList<>();
        boolean runs = ticket.isOpenState(StatusValue.INITIAL.status());
        long at = ticket.createdAt().toEpochMilli();
        for (StatusStep step : ticket.trail()) {
            long next = Math.max(at, step.atMillis());
            if (runs) {
                add(Math.max(at, first), Math.min(next, last), spans);
            }
            runs = ticket.isOpenState(step.value().status());
            at = next;
        }
        if (runs && end == null) {
            spans.add(new Span(Math.max(at, first), null));
        } else if (runs) {
            add(Math.max(at, first), last, spans);
        }
        return spans;
    }

    private static void add(long from, long until, List<Span> spans) {
        if (from < until) {
            spans.add(new Span(from, until));
        }
    }
}
