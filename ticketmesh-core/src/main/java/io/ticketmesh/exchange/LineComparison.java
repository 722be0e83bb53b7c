package io.ticketmesh.exchange;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.exchange.TicketLine.Entry;
import io.ticketmesh.exchange.TicketLine.Moment;
import io.ticketmesh.exchange.TicketLine.Step;
import io.ticketmesh.json.InvalidJsonException;
import io.ticketmesh.json.NewTicketForm;
import io.ticketmesh.json.TicketPatchForm;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusStep;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what lines say with the tickets that are there. What a line does not state is taken from where it is likely: authors from
 * the ticket, times from its creation. For one thread.
 */
final class LineComparison {
    private static final String SCOPE = "import";

    /** Stands for the text of a comment that was redacted before it came here; it is redacted here at once. */
    private static final String REDACTED = "(redacted)";

    private final TicketService service;
    private final String importer;

    /**
     * @param importer who is named where a line does not say who did something
     */
    LineComparison(TicketService service, String importer) {
        this.service = service;
        this.importer = importer;
    }

    /** The id that the external id gives on every node. */
    static TicketId idOf(String externalId) {
        return TicketId.derived(SCOPE, "", externalId);
    }

    /**
     * What makes the ticket.
     *
     * @throws InvalidJsonException when plain fields break rules
     */
    LinePlan creation(TicketLine line, TicketId id) {
        LinePlan plan = new LinePlan(id);
        String creator = or(line.createdBy(), importer);
        long createdMillis = or(line.createdMillis(), service.nowMillis());
        List<Change> changes = new NewTicketForm(service.workflow(), this::referenced).changes(line.fields());
        if (!line.fields().members().containsKey("watchers")) {
            changes = CreateTicket.withDefaults(changes, creator);
        }
        List<Change> links = linksToUnknown(changes);
        plan.add(creator, createdMillis, without(changes, links));
        if (line.trail() == null && changes.stream().noneMatch(SetStatus.class::isInstance)) {
            Status first = service.workflow().initial().get(0);
            plan.add(creator, createdMillis, List.of(new SetStatus(first)));
        }
        plan.add(creator, createdMillis, occurrences(line.occurrences()));
        Life life = new Life(plan, id, creator, createdMillis);
        life.tell(
                line.trail() == null ? List.of() : line.trail(), line.comments() == null ? List.of() : line.comments());
        if (line.trail() != null) {
            life.end(line.status(), or(line.updatedMillis(), createdMillis));
        }
        plan.addLater(creator, createdMillis, links);
        addMerge(plan, line, Optional.empty(), creator, createdMillis);
        touch(plan, line, Long.MIN_VALUE, queueOf(changes));
        addDeletion(plan, line, createdMillis);
        return plan;
    }

    /**
     * What makes the ticket that is there what the line says; nothing when it is so.
     *
     * @throws InvalidJsonException when plain fields break rules
     */
    LinePlan update(TicketLine line, TicketView ticket) {
        LinePlan plan = new LinePlan(ticket.id());
        long shownMillis = ticket.state().updatedMillis();
        Long stated = line.updatedMillis();
        Long atMillis = stated != null && stated > shownMillis ? stated : null;
        List<Change> changes = new TicketPatchForm(service.workflow(), this::referenced).changes(line.fields(), ticket);
        if (changes.stream().noneMatch(change -> change.affects(ticket.state()))) {
            changes = List.of();
        }
        List<Change> links = linksToUnknown(changes);
        plan.add(importer, atMillis, without(changes, links));
        plan.add(importer, atMillis, occurrences(line.occurrences() - ticket.occurrences()));
        updateLife(plan, line, ticket, atMillis);
        plan.addLater(importer, atMillis, links);
        addMerge(plan, line, ticket.state().mergedInto().or(Optional.empty()), importer, atMillis);
        String queue = changes.stream().anyMatch(SetQueue.class::isInstance) ? queueOf(changes) : ticket.queue();
        touch(plan, line, shownMillis, queue);
        if (!ticket.isDeleted()) {
            addDeletion(plan, line, or(atMillis, service.nowMillis()));
        }
        return plan;
    }

    private void updateLife(LinePlan plan, TicketLine line, TicketView ticket, @Nullable Long atMillis) {
        long nowMillis = or(atMillis, service.nowMillis());
        Life life = new Life(
                plan, ticket.id(), ticket.createdBy(), ticket.createdAt().toEpochMilli());
        life.status = ticket.state().status().or(StatusValue.INITIAL);
        List<Entry> fresh = new ArrayList<>();
        if (line.comments() != null) {
            Map<CommentId, CommentView> present = new HashMap<>();
            service.comments(ticket.id(), true).forEach(comment -> present.put(comment.id(), comment));
            for (Entry entry : life.identified(line.comments())) {
                CommentView comment = present.get(entry.id());
                if (comment == null) {
                    fresh.add(entry);
                } else {
                    updateComment(plan, entry, comment, nowMillis);
                }
            }
        }
        life.tell(line.trail() == null ? List.of() : missing(line.trail(), ticket, life), fresh);
        if (line.trail() != null) {
            life.end(line.status(), nowMillis);
        }
    }

    private static List<Step> missing(List<Step> steps, TicketView ticket, Life life) {
        Map<StatusStep, Integer> present = new HashMap<>();
        ticket.trail().forEach(step -> present.merge(anonymous(step.value(), step.atMillis()), 1, Integer::sum));
        List<Step> missing = new ArrayList<>();
        for (Step step : steps) {
            StatusStep wanted = anonymous(step.value(), life.millis(step.moment()));
            if (present.merge(wanted, -1, Integer::sum) < 0) {
                missing.add(step);
            }
        }
        return missing;
    }

    /** Who is left out: archives do not always know. */
    private static StatusStep anonymous(StatusValue value, long atMillis) {
        return new StatusStep(value, "", atMillis);
    }

    private static void updateComment(LinePlan plan, Entry entry, CommentView comment, long nowMillis) {
        Trace redaction = comment.redaction();
        if (redaction != null) {
            return;
        }
        Moment redacted = entry.redaction();
        if (redacted != null) {
            plan.add(
                    or(redacted.actor(), comment.author()),
                    or(redacted.atMillis(), nowMillis),
                    List.of(new RedactComment(comment.id())));
        } else if (!entry.body().equals(comment.body())) {
            Moment edit = entry.edit();
            plan.add(
                    or(edit == null ? null : edit.actor(), comment.author()),
                    or(edit == null ? null : edit.atMillis(), nowMillis),
                    List.of(new EditComment(comment.id(), entry.body())));
        }
    }

    private void addMerge(
            LinePlan plan, TicketLine line, Optional<TicketId> present, String actor, @Nullable Long atMillis) {
        if (!line.mergeStated()) {
            return;
        }
        TicketId target = line.mergedInto() == null ? null : referenced(line.mergedInto());
        if (Optional.ofNullable(target).equals(present)) {
            return;
        }
        List<Change> merge = List.of(new MergeInto(target));
        if (target == null || isKnown(target)) {
            plan.add(actor, atMillis, merge);
        } else {
            plan.addLater(actor, atMillis, merge);
        }
    }

    private void addDeletion(LinePlan plan, TicketLine line, long elseMillis) {
        Moment deletion = line.deletion();
        if (deletion != null) {
            plan.addLast(or(deletion.actor(), importer), or(deletion.atMillis(), elseMillis), new DeleteTicket());
        }
    }

    /** Lets the ticket show the time of its last change, if nothing else does: its queue is written again, which changes nothing. */
    private void touch(LinePlan plan, TicketLine line, long shownMillis, String queue) {
        Long stated = line.updatedMillis();
        Moment deletion = line.deletion();
        long latest = Math.max(shownMillis, plan.latestMillis(service.nowMillis()));
        if (deletion != null && deletion.atMillis() != null) {
            latest = Math.max(latest, deletion.atMillis());
        }
        if (stated != null && stated > latest) {
            plan.addRecorded(importer, stated, new SetQueue(queue));
        }
    }

    private static List<Change> occurrences(long count) {
        List<Change> changes = new ArrayList<>();
        for (long rest = count; rest > 0; rest -= RecordOccurrences.MAX_COUNT) {
            changes.add(new RecordOccurrences(Math.min(rest, RecordOccurrences.MAX_COUNT)));
        }
        return changes;
    }

    private List<Change> linksToUnknown(List<Change> changes) {
        return changes.stream()
                .filter(change -> change instanceof AddLink link && !isKnown(link.target()))
                .toList();
    }

    private static List<Change> without(List<Change> changes, List<Change> some) {
        return some.isEmpty()
                ? changes
                : changes.stream().filter(change -> !some.contains(change)).toList();
    }

    private static String queueOf(List<Change> changes) {
        return changes.stream()
                .filter(SetQueue.class::isInstance)
                .map(change -> ((SetQueue) change).queue())
                .reduce(SetQueue.DEFAULT, (first, second) -> second);
    }

    private boolean isKnown(TicketId id) {
        return service.find(id).isPresent();
    }

    /** The ticket that a reference means. An id is taken at its word: the ticket may come with a later line. */
    private TicketId referenced(String reference) {
        if (reference.length() == 36) {
            try {
                return TicketId.parse(reference);
            } catch (IllegalArgumentException notAnId) {
                throw new UnknownTicketException("ticket '" + reference + "'");
            }
        }
        return service.resolve(reference);
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    /** The way of a ticket's status and its comments, told in the order of their times. */
    private final class Life {
        private final LinePlan plan;
        private final TicketId id;
        private final String creator;
        private final long createdMillis;
        private StatusValue status = StatusValue.INITIAL;

        private Life(LinePlan plan, TicketId id, String creator, long createdMillis) {
            this.plan = plan;
            this.id = id;
            this.creator = creator;
            this.createdMillis = createdMillis;
        }

        private long millis(Moment moment) {
            return or(moment.atMillis(), createdMillis);
        }

        private void tell(List<Step> trail, List<Entry> comments) {
            List<Entry> entries = new ArrayList<>(identified(comments));
            entries.sort(Comparator.comparing(entry -> millis(entry.moment())));
            int told = 0;
            for (Step step : trail) {
                while (told < entries.size()
                        && millis(entries.get(told).moment()) <= millis(step.moment())
                        && millis(step.moment()) > createdMillis) {
                    tell(entries.get(told++));
                }
                tell(step);
            }
            entries.subList(told, entries.size()).forEach(this::tell);
        }

        private void tell(Step step) {
            write(step.value(), or(step.moment().actor(), importer), millis(step.moment()));
        }

        /** Ends in the stated status, if the trail did not lead there. */
        private void end(@Nullable StatusValue stated, long atMillis) {
            if (stated != null && !stated.equals(status)) {
                write(stated, importer, atMillis);
            }
        }

        private void write(StatusValue value, String actor, long atMillis) {
            SetStatus change = new SetStatus(value.status(), value.resolution(), value.pendingUntil());
            if (value.status().equals(status.status())) {
                plan.addRecorded(actor, atMillis, change);
            } else {
                plan.add(actor, atMillis, List.of(change));
            }
            status = value;
        }

        private void tell(Entry entry) {
            CommentId comment = identityOf(entry);
            String author = or(entry.moment().actor(), creator);
            long atMillis = millis(entry.moment());
            Moment redaction = entry.redaction();
            String body = redaction == null ? entry.body() : REDACTED;
            plan.add(author, atMillis, List.of(new AddComment(comment, entry.kind(), body)));
            Moment edit = entry.edit();
            if (edit != null && redaction == null) {
                plan.addRecorded(
                        or(edit.actor(), author), or(edit.atMillis(), atMillis), new EditComment(comment, body));
            }
            if (redaction != null) {
                plan.add(
                        or(redaction.actor(), author),
                        or(redaction.atMillis(), atMillis),
                        List.of(new RedactComment(comment)));
            }
        }

        private static CommentId identityOf(Entry entry) {
            CommentId identity = entry.id();
            if (identity == null) {
                throw new IllegalStateException("a comment is told before it has an id");
            }
            return identity;
        }

        /** The entries with ids: the same for the same author, time and place among those, on every node. */
        private List<Entry> identified(List<Entry> entries) {
            Map<String, Integer> ordinals = new HashMap<>();
            List<Entry> identified = new ArrayList<>();
            for (Entry entry : entries) {
                String identity = entry.moment().actor() + "\n" + entry.moment().atMillis();
                int ordinal = ordinals.merge(identity, 1, Integer::sum);
                CommentId comment = or(entry.id(), CommentId.derived(SCOPE, id.toString(), identity + "\n" + ordinal));
                identified.add(new Entry(
                        comment, entry.kind(), entry.moment(), entry.body(), entry.edit(), entry.redaction()));
            }
            return identified;
        }
    }
}
