package io.ticketmesh.exchange;

import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.MalformedJsonException;
import io.ticketmesh.json.Violation;
import io.ticketmesh.json.Violations;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.AmbiguousReferenceException;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One import from its first row to its report. For one thread.
 *
 * <p>Holds the rows whose proposals are not answered yet, at most {@link #MAX_LATER} proposals that wait for tickets of later rows, and
 * the rows that the report tells. Beyond {@link #MAX_LATER} proposals are made at once, and refused if their target is not there.
 */
final class ImportRun implements Lines.Visitor {
    /** The most proposals that wait for the end of the file. */
    static final int MAX_LATER = 50_000;

    private final TicketService service;
    private final Lines lines;
    private final TicketImport.Mode mode;
    private final boolean dryRun;
    private final boolean truncates;
    private final LineComparison comparison;
    private final ProposalWindow window;
    private final Map<TicketId, RowProgress> underWay = new HashMap<>();
    private final Queue<Later> later = new ArrayDeque<>();
    private final Map<Action, Long> totals = new EnumMap<>(Action.class);
    private final List<ImportRow> rows = new ArrayList<>();
    private int lateFailures;
    private long passedOver;

    private record Later(RowProgress row, Proposal proposal) {}

    ImportRun(
            TicketService service,
            Lines lines,
            String importer,
            TicketImport.Mode mode,
            boolean dryRun,
            boolean truncates) {
        this.service = service;
        this.lines = lines;
        this.mode = mode;
        this.dryRun = dryRun;
        this.truncates = truncates;
        this.comparison = new LineComparison(service, importer);
        this.window = new ProposalWindow(service, this::finishIfDone);
    }

    ImportReport report() throws IOException {
        String fault = null;
        try {
            lines.read(this);
        } catch (MalformedJsonException | UnreadableSourceException unreadable) {
            fault = unreadable.getMessage();
        }
        window.drain();
        while (!later.isEmpty()) {
            Later next = later.remove();
            window.post(next.row(), next.proposal());
        }
        window.drain();
        rows.sort(Comparator.comparingLong(ImportRow::row));
        return new ImportReport(dryRun, totals, passedOver, rows, fault);
    }

    @Override
    public void bad(long row, Violation problem) {
        RowProgress progress = new RowProgress(row, lines);
        progress.fail(List.of(problem));
        finishIfDone(progress);
    }

    @Override
    public void passedOver() {
        passedOver++;
    }

    @Override
    public void line(long row, JsonValue line, List<Violation> found) {
        RowProgress progress = new RowProgress(row, lines);
        try {
            take(progress, truncates ? truncated(line, progress) : line, found);
        } catch (InvalidJsonException invalid) {
            progress.fail(invalid.violations());
        } catch (UnknownTicketException unknown) {
            progress.fail(List.of(
                    new Violation("/mergedInto", "unknown-ticket", "names no ticket that is known here", null)));
        } catch (AmbiguousReferenceException ambiguous) {
            progress.fail(List.of(new Violation("/mergedInto", "ambiguous", "fits several tickets", null)));
        }
        finishIfDone(progress);
    }

    private static JsonValue truncated(JsonValue line, RowProgress progress) {
        Truncation truncation = new Truncation();
        JsonValue cut = truncation.cut(line);
        truncation.notes().forEach(progress::note);
        return cut;
    }

    private void take(RowProgress progress, JsonValue json, List<Violation> found) {
        Violations violations = new Violations();
        found.forEach(violations::add);
        TicketLine line = TicketLine.read(json, service.workflow(), violations);
        TicketId id = line.id() != null ? line.id() : idOf(line.externalId());
        boolean isNamed = line.id() != null || line.externalId() != null;
        progress.name(isNamed ? id : null, line.externalId());
        if (underWay.containsKey(id)) {
            window.drain();
        }
        TicketView present;
        try {
            present = isNamed ? presentOf(line, id) : null;
        } catch (GoneTicketException purged) {
            progress.skip(new Violation("/id", "purged", "names a ticket that was purged here", null));
            return;
        }
        if (present != null && underWay.containsKey(present.id())) {
            window.drain();
            present = service.get(present.id());
        }
        if (present != null) {
            progress.name(present.id(), line.externalId());
        }
        if (present != null && mode == TicketImport.Mode.CREATE) {
            violations.throwIfAny();
            progress.skip(new Violation("", "exists", "the ticket is there already", null));
        } else {
            LinePlan plan = plan(line, present, id, violations);
            if (!isNamed && !dryRun) {
                progress.name(id, null);
            }
            post(progress, plan, present);
        }
    }

    /** The plan, or all that is wrong with the line and its plain fields. */
    private LinePlan plan(TicketLine line, @Nullable TicketView present, TicketId id, Violations violations) {
        try {
            if (violations.isEmpty()) {
                return present == null ? comparison.creation(line, id) : comparison.update(line, present);
            }
            if (present == null) {
                comparison.creation(line, id);
            }
        } catch (InvalidJsonException invalid) {
            invalid.violations().forEach(violations::add);
        }
        violations.throwIfAny();
        throw new IllegalStateException("a line without violations has a plan");
    }

    private void post(RowProgress progress, LinePlan plan, @Nullable TicketView present) {
        if (plan.isEmpty()) {
            progress.plan(Action.UNCHANGED);
        } else if (present != null && present.isDeleted()) {
            progress.skip(new Violation("", "deleted", "the ticket is deleted here", null));
        } else {
            progress.plan(present == null ? Action.CREATED : Action.UPDATED);
            if (!dryRun) {
                post(progress, plan);
            }
        }
    }

    private void post(RowProgress progress, LinePlan plan) {
        List<Proposal> proposals = plan.proposals();
        List<Proposal> last = plan.laterProposals();
        TicketId ticket = progress.ticket();
        if (ticket != null) {
            underWay.put(ticket, progress);
        }
        progress.expect(proposals.size() + last.size());
        proposals.forEach(proposal -> window.post(progress, proposal));
        boolean fits = later.size() + last.size() <= MAX_LATER;
        for (Proposal proposal : last) {
            if (fits) {
                later.add(new Later(progress, proposal));
            } else {
                window.post(progress, proposal);
            }
        }
    }

    private TicketId idOf(@Nullable String externalId) {
        return externalId == null ? service.newTicketId() : LineComparison.idOf(externalId);
    }

    /** The ticket that the line means; null when it is not there. */
    private @Nullable TicketView presentOf(TicketLine line, TicketId id) {
        try {
            return service.get(id);
        } catch (UnknownTicketException unknown) {
            String externalId = line.externalId();
            if (line.id() != null || externalId == null || externalId.isEmpty()) {
                return null;
            }
            TicketFilter named = TicketFilter.EVERYTHING.and(
                    new Criterion.AnyOf(Criterion.Field.EXTERNAL_ID, Set.of(externalId), false));
            List<TicketView> found = service.list(TicketQuery.of(named, 1)).items();
            return found.isEmpty() ? null : found.get(0);
        }
    }

    private void finishIfDone(RowProgress progress) {
        if (!progress.isDone() || !progress.close()) {
            return;
        }
        TicketId ticket = progress.ticket();
        if (ticket != null) {
            underWay.remove(ticket, progress);
        }
        ImportRow finished = progress.finished();
        totals.merge(finished.action(), 1L, Long::sum);
        if (rows.size() - lateFailures < ImportReport.MAX_ROWS) {
            rows.add(finished);
        } else if (finished.action() == Action.FAILED && lateFailures < ImportReport.MAX_LATE_FAILURES) {
            lateFailures++;
            rows.add(finished);
        }
    }
}
