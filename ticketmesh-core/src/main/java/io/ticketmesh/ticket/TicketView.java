package io.ticketmesh.ticket;

import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as people read it: winners instead of registers, and everything that follows from them. Immutable; a later change of
 * the ticket does not show in it.
 */
public final class TicketView {
    /** The most merges that are followed from one ticket to the next. */
    static final int MAX_MERGES = 100;

    private static final long NEVER = Long.MIN_VALUE;

    private final Ticket ticket;
    private final Workflow workflow;
    private final TimeRules rules;
    private final UnaryOperator<String> names;
    private final @Nullable TicketId mergedInto;
    private final boolean mergedInCircle;

    private TicketView(
            Ticket ticket,
            Workflow workflow,
            TimeRules rules,
            UnaryOperator<String> names,
            @Nullable TicketId mergedInto,
            boolean mergedInCircle) {
        this.ticket = ticket;
        this.workflow = workflow;
        this.rules = rules;
        this.names = names;
        this.mergedInto = mergedInto;
        this.mergedInCircle = mergedInCircle;
    }

    /**
     * @param lookup finds the tickets into which this one was merged
     * @throws IllegalArgumentException when the ticket was never created
     */
    public static TicketView of(
            Ticket ticket, Workflow workflow, TimeRules rules, Function<TicketId, Optional<Ticket>> lookup) {
        return of(ticket, workflow, rules, lookup, UnaryOperator.identity());
    }

    /**
     * @param lookup finds the tickets into which this one was merged
     * @param names what people are called
     * @throws IllegalArgumentException when the ticket was never created
     */
    public static TicketView of(
            Ticket ticket,
            Workflow workflow,
            TimeRules rules,
            Function<TicketId, Optional<Ticket>> lookup,
            UnaryOperator<String> names) {
        if (!ticket.isBorn()) {
            throw new IllegalArgumentException("Ticket " + ticket.id() + " was never created");
        }
        Optional<TicketId> target = ticket.mergedInto().or(Optional.empty());
        if (target.isEmpty()) {
            return new TicketView(ticket, workflow, rules, names, null, false);
        }
        List<Ticket> circle = circleThrough(ticket, lookup);
        boolean canonical = !circle.isEmpty() && ticket.id().equals(canonicalOf(circle));
        return new TicketView(ticket, workflow, rules, names, canonical ? null : target.get(), !circle.isEmpty());
    }

    /** The tickets of the circle of merges that {@code ticket} is part of; empty when it is in none. */
    private static List<Ticket> circleThrough(Ticket ticket, Function<TicketId, Optional<Ticket>> lookup) {
        List<Ticket> path = new ArrayList<>();
        Set<TicketId> visited = new HashSet<>();
        Ticket at = ticket;
        while (path.size() < MAX_MERGES && visited.add(at.id())) {
            path.add(at);
            Optional<Ticket> next = at.mergedInto().or(Optional.empty()).flatMap(lookup);
            if (next.isEmpty()) {
                return List.of();
            }
            at = next.get();
        }
        return at.id().equals(ticket.id()) ? path : List.of();
    }

    /** The ticket whose own merge is ignored: the oldest, then the smallest id. */
    private static TicketId canonicalOf(Collection<Ticket> circle) {
        return circle.stream()
                .min((one, two) -> {
                    int byTime = Long.compare(createdMillis(one), createdMillis(two));
                    return byTime != 0 ? byTime : one.id().compareTo(two.id());
                })
                .map(Ticket::id)
                .orElseThrow();
    }

    private static long createdMillis(Ticket ticket) {
        Birth birth = ticket.birth();
        return birth == null ? Long.MAX_VALUE : birth.atMillis();
    }

    /** The replicated state behind this view, with the names under which people acted, also of those who were erased. */
    public Ticket state() {
        return ticket;
    }

    public TicketId id() {
        return ticket.id();
    }

    public TicketKey key() {
        return ticket.id().key();
    }

    /** Names this state, the same on every node that holds it; without quotes. */
    public String etag() {
        return ticket.etag();
    }

    public String type() {
        return ticket.type().or(workflow.types().get(0));
    }

    public String title() {
        return ticket.title().or("");
    }

    /** Markdown; empty when there is none. */
    public String description() {
        return ticket.description().or("");
    }

    public Status status() {
        return statusValue().status();
    }

    public StatusCategory category() {
        return workflow.category(status());
    }

    /** Why it is done; null unless it is. */
    public @Nullable String resolution() {
        return statusValue().resolution();
    }

    /** When waiting ends; null when open-ended or not waiting. */
    public @Nullable Instant pendingUntil() {
        return statusValue().pendingUntil();
    }

    public Priority priority() {
        return ticket.priority().or(Priority.NORMAL);
    }

    public String queue() {
        return Criterion.Field.QUEUE.valuesOf(ticket).iterator().next();
    }

    public String createdBy() {
        return names.apply(birth().createdBy());
    }

    public String reporter() {
        return names.apply(ticket.reporter().or(birth().createdBy()));
    }

    /** Null when nobody is responsible. */
    public @Nullable String assignee() {
        return ticket.assignee().or(Optional.empty()).map(names).orElse(null);
    }

    /** As spelled by those who added them, in the order of their normal form. */
    public List<String> tags() {
        return ticket.tags().entries().values().stream()
                .flatMap(register -> register.winner().stream())
                .map(Written::value)
                .toList();
    }

    /** Sorted. */
    public List<String> watchers() {
        return ticket.watchers().entries().keySet().stream()
                .map(names)
                .sorted()
                .distinct()
                .toList();
    }

    /** The fields that are set, by key. */
    public SortedMap<String, FieldValue> customFields() {
        TreeMap<String, FieldValue> fields = new TreeMap<>();
        ticket.customFields().registers().forEach((key, register) -> {
            FieldValue value = register.or(FieldValue.ABSENT);
            if (!value.equals(FieldValue.ABSENT)) {
                fields.put(key, value);
            }
        });
        return fields;
    }

    /** Sorted by type and target. */
    public List<Link> links() {
        return List.copyOf(ticket.links().entries().keySet());
    }

    /** The ticket that is worked on instead; null when it is this one. In a circle of merges the oldest ticket is worked on. */
    public @Nullable TicketId mergedInto() {
        return mergedInto;
    }

    /** Whether this ticket is merged into itself by way of others, which somebody should settle. */
    public boolean isMergedInCircle() {
        return mergedInCircle;
    }

    public Due due() {
        return ticket.due().or(Due.NEVER);
    }

    /** Whether it was due before {@code now} and is not done. A due date ends with its day in the zone of the rules. */
    public boolean isOverdue(Instant now) {
        return category() != StatusCategory.DONE && due().isPast(now, rules.zone());
    }

    /** When it becomes overdue unless it is done before; null when it is never due. */
    public @Nullable Instant overdueFrom() {
        return due().endsAt(rules.zone());
    }

    /** How the promises about it stand at a time, in the order of the metrics; none when no policy covers it. */
    public List<ServiceClock> clocks(Instant now) {
        ServicePolicy policy = policy();
        if (policy == null) {
            return List.of();
        }
        List<ServiceClock> clocks = new ArrayList<>();
        policy.targets()
                .forEach((metric, target) -> clocks.add(ServiceCourse.of(this, metric, target, policy.calendar())
                        .at(now, metric, policy, target)));
        return clocks;
    }

    /** What is promised for it; null when nothing is. */
    public @Nullable ServicePolicy policy() {
        return rules.policyOf(ticket).orElse(null);
    }

    /** The last day on which it is not overdue; null unless it is due by date. */
    public @Nullable LocalDate dueDate() {
        return due() instanceof Due.On on ? on.date() : null;
    }

    /** When it is due; null unless it is due at an instant. */
    public @Nullable Instant dueAt() {
        return due() instanceof Due.At at ? at.instant() : null;
    }

    /** How often what it is about happened; 0 when nobody counts. */
    public long occurrences() {
        return ticket.occurrences().value();
    }

    /** Whether title, description and custom fields were taken away once, whatever was written since. */
    public boolean isRedacted() {
        return !ticket.redactions().isEmpty();
    }

    /** Where it happened last, as far as that was told; null when it never was. */
    public @Nullable String lastPlace() {
        return ticket.lastPlace().value().orElse(null);
    }

    /** When it happened at {@link #lastPlace}, as of when that was written; null when no place was told. */
    public @Nullable Instant lastSeenAt() {
        Written<String> written = ticket.lastPlace().written();
        return written == null ? null : Instant.ofEpochMilli(written.trace().atMillis());
    }

    public boolean isDeleted() {
        return ticket.isDeleted();
    }

    /** Who deleted it and when; null unless it is deleted. */
    public @Nullable Trace deletion() {
        Written<Boolean> written = ticket.deleted().written();
        return isDeleted() && written != null ? shown(written.trace()) : null;
    }

    /** Its name in the system from which it was imported; null when it was not. */
    public @Nullable String externalId() {
        return ticket.externalId().value().orElse(null);
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(birth().atMillis());
    }

    public Instant updatedAt() {
        return Instant.ofEpochMilli(ticket.updatedMillis());
    }

    /** When it was done the last time; null unless it is. */
    public @Nullable Instant resolvedAt() {
        return instantOf(walkTrail().doneSinceMillis);
    }

    /** When it was closed the last time; null unless it is. */
    public @Nullable Instant closedAt() {
        return instantOf(walkTrail().closedSinceMillis);
    }

    /** How often it left the done states. */
    public int reopenCount() {
        return walkTrail().reopened;
    }

    /** When somebody other than reporter and creator first commented in public; null when nobody did. */
    public @Nullable Instant firstResponseAt() {
        return responses().min(Instant::compareTo).orElse(null);
    }

    /** When somebody other than reporter and creator last commented in public; null when nobody did. */
    public @Nullable Instant lastResponseAt() {
        return responses().max(Instant::compareTo).orElse(null);
    }

    private Stream<Instant> responses() {
        String reporter = reporter();
        String creator = createdBy();
        return ticket.comments().entries().values().stream()
                .filter(head -> head.kind() == CommentKind.PUBLIC)
                .filter(head -> {
                    String author = names.apply(head.author());
                    return !author.equals(reporter) && !author.equals(creator);
                })
                .map(head -> Instant.ofEpochMilli(head.atMillis()));
    }

    /**
     * The number of comments.
     *
     * @param seesInternal whether the reader may see internal ones
     */
    public int commentCount(boolean seesInternal) {
        return (int) ticket.comments().entries().values().stream()
                .filter(head -> seesInternal || head.kind() != CommentKind.INTERNAL)
                .count();
    }

    /** By the time at which they were added. */
    public List<AttachmentView> attachments() {
        List<AttachmentView> attachments = new ArrayList<>();
        ticket.attachments()
                .entries()
                .forEach((id, register) ->
                        register.winner().ifPresent(written -> attachments.add(attachment(id, written))));
        Collections.sort(attachments);
        return attachments;
    }

    /**
     * One attachment.
     *
     * @throws UnknownTicketException when there is none of that id
     */
    public AttachmentView attachment(AttachmentId id) {
        return ticket.attachments().entries().getOrDefault(id, ConflictRegister.empty()).winner().stream()
                .map(written -> attachment(id, written))
                .findFirst()
                .orElseThrow(() -> new UnknownTicketException("attachment " + id));
    }

    private AttachmentView attachment(AttachmentId id, Written<Attachment> written) {
        return new AttachmentView(id, written.value(), shown(written.trace()));
    }

    /** The fields in which concurrent writes lost. */
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        addConflict("title", ticket.title(), conflicts);
        addConflict("description", ticket.description(), conflicts);
        addConflict("status", ticket.status(), conflicts);
        addConflict("priority", ticket.priority(), conflicts);
        addConflict("assignee", ticket.assignee(), conflicts);
        return conflicts;
    }

    private void addConflict(String field, ConflictRegister<?> register, List<Conflict> conflicts) {
        List<Written<?>> losers = new ArrayList<>();
        register.losers().forEach(loser -> losers.add(shown(loser)));
        if (!losers.isEmpty()) {
            conflicts.add(new Conflict(field, shown(register.writes().get(0)), losers));
        }
    }

    /** Whether somebody has to act in that state. */
    boolean isOpenState(Status status) {
        return workflow.category(status) == StatusCategory.OPEN;
    }

    private Written<?> shown(Written<?> written) {
        Object value = written.value() instanceof Optional<?> person
                ? person.map(name -> names.apply(String.valueOf(name)))
                : written.value();
        return new Written<>(value, shown(written.trace()));
    }

    private Trace shown(Trace trace) {
        String actor = names.apply(trace.actor());
        return actor.equals(trace.actor())
                ? trace
                : new Trace(trace.time(), trace.operation(), actor, trace.atMillis());
    }

    private StatusValue statusValue() {
        return ticket.status().or(StatusValue.INITIAL);
    }

    private Birth birth() {
        Birth birth = ticket.birth();
        if (birth == null) {
            throw new IllegalStateException("Ticket " + ticket.id() + " was never created");
        }
        return birth;
    }

    /**
     * Every status that the ticket was given, in the order in which writes win. The same history imported on two sides of a partition
     * is told once.
     */
    public List<StatusStep> trail() {
        Set<StatusStep> steps = new LinkedHashSet<>();
        ticket.trail()
                .steps()
                .forEach((trace, value) ->
                        steps.add(new StatusStep(value, names.apply(trace.actor()), trace.atMillis())));
        return List.copyOf(steps);
    }

    /** What following the status from the first to the last shows. */
    private record Walk(long doneSinceMillis, long closedSinceMillis, int reopened) {}

    private Walk walkTrail() {
        long doneSince = 0;
        long closedSince = 0;
        int reopened = 0;
        Status before = Status.NEW;
        boolean doneBefore = false;
        for (StatusStep step : trail()) {
            Status status = step.value().status();
            boolean done = workflow.category(status) == StatusCategory.DONE;
            long atMillis = step.atMillis();
            if (done && !doneBefore) {
                doneSince = atMillis;
            } else if (!done && doneBefore) {
                reopened++;
            }
            if (status.equals(Status.CLOSED) && !before.equals(Status.CLOSED)) {
                closedSince = atMillis;
            }
            before = status;
            doneBefore = done;
        }
        return new Walk(doneBefore ? doneSince : NEVER, before.equals(Status.CLOSED) ? closedSince : NEVER, reopened);
    }

    private static @Nullable Instant instantOf(long millis) {
        return millis == NEVER ? null : Instant.ofEpochMilli(millis);
    }
}
