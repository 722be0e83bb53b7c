package io.ticketmesh.ticket;

import io.ticketmesh.causality.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which tickets are wanted: those that meet all criteria. Immutable.
 *
 * @param criteria all must be met; none means every ticket, deleted ones too
 */
public record TicketFilter(List<Criterion> criteria) {
    /** Every ticket that is not deleted. */
    public static final TicketFilter LIVING = new TicketFilter(List.of(new Criterion.Deleted(true)));

    /** Every ticket, deleted ones too. */
    public static final TicketFilter EVERYTHING = new TicketFilter(List.of());

    public TicketFilter {
        criteria = List.copyOf(criteria);
    }

    /** This filter with one more criterion. */
    public TicketFilter and(Criterion criterion) {
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(criterion);
        return new TicketFilter(more);
    }

    /** This filter with all criteria of the other one. */
    public TicketFilter and(TicketFilter other) {
        List<Criterion> all = new ArrayList<>(criteria);
        all.addAll(other.criteria);
        return new TicketFilter(all);
    }

    /** Whether the ticket was born and meets all criteria; see {@link Criterion#matches}. */
    public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
        for (Criterion criterion : criteria) {
            if (!criterion.matches(ticket, comments)) {
                return false;
            }
        }
        return ticket.isBorn();
    }

    /** Whether words must be looked for. */
    public boolean hasText() {
        return criteria.stream().anyMatch(Criterion.Text.class::isInstance);
    }

    /** The words that must stand in a ticket, in the order in which they were asked for; not those that must not. */
    public List<TextClause> wantedText() {
        return criteria.stream()
                .filter(criterion -> criterion instanceof Criterion.Text text && !text.negated())
                .map(criterion -> ((Criterion.Text) criterion).clause())
                .toList();
    }

    /** Tells filters apart, the same in every run: a cursor of one must not be used with another. */
    public long fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(criteria.size());
        criteria.stream().map(TicketFilter::describe).sorted().forEach(fingerprint::add);
        return fingerprint.value();
    }

    private static String describe(Criterion criterion) {
        if (criterion instanceof Criterion.AnyOf any) {
            return any.field() + (any.negated() ? "!" : "=") + new java.util.TreeSet<>(any.values());
        } else if (criterion instanceof Criterion.Overdue overdue) {
            return "OVERDUE" + (overdue.negated() ? "!" : "=") + new java.util.TreeSet<>(overdue.doneStates());
        }
        return criterion.toString();
    }
}
