package io.ticketmesh.ticket;

import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.AddWinsMap;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.Counter;
import io.ticketmesh.crdt.GrowOnlyMap;
import io.ticketmesh.crdt.HighestMap;
import io.ticketmesh.crdt.LatestMap;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Lattice;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of one ticket: a record of lattices, itself one. It holds nothing that could be computed from the rest;
 * {@link TicketView} does the computing. Immutable.
 *
 * <p>The state is a function of the operations that were applied to it, and {@link #seen()} names them: two copies with equal
 * {@code seen} are equal.
 */
public final class Ticket implements Lattice<Ticket> {
    /** What stands for the title of a ticket whose texts were redacted. */
    public static final String REDACTED = "[redacted]";

    private final TicketId id;
    private VersionVector seen = VersionVector.EMPTY;
    private HybridTimestamp newest = HybridTimestamp.ZERO;
    private long updatedMillis;
    private @Nullable Birth birth;
    private LatestRegister<String> type = LatestRegister.empty();
    private ConflictRegister<String> title = ConflictRegister.empty();
    private ConflictRegister<String> description = ConflictRegister.empty();
    private ConflictRegister<StatusValue> status = ConflictRegister.empty();
    private StatusTrail trail = StatusTrail.EMPTY;
    private ConflictRegister<Priority> priority = ConflictRegister.empty();
    private LatestRegister<String> queue = LatestRegister.empty();
    private LatestRegister<String> reporter = LatestRegister.empty();
    private ConflictRegister<Optional<String>> assignee = ConflictRegister.empty();
    private AddWinsMap<Tag, String> tags = AddWinsMap.empty();
    private AddWinsMap<String, Boolean> watchers = AddWinsMap.empty();
    private LatestMap<String, FieldValue> customFields = LatestMap.empty();
    private AddWinsMap<Link, Boolean> links = AddWinsMap.empty();
    private LatestRegister<Optional<TicketId>> mergedInto = LatestRegister.empty();
    private LatestRegister<Due> due = LatestRegister.empty();
    private GrowOnlyMap<CommentId, CommentHead> comments = GrowOnlyMap.empty();
    private Counter occurrences = Counter.ZERO;
    private LatestRegister<Boolean> deleted = LatestRegister.empty();
    private LatestRegister<String> externalId = LatestRegister.empty();
    private AddWinsMap<AttachmentId, Attachment> attachments = AddWinsMap.empty();
    private LatestRegister<String> lastPlace = LatestRegister.empty();
    private HighestMap<String, Instant> timers = HighestMap.empty();

    private Redactions redactions = Redactions.NONE;

    /** Of a {@link Book}; a ticket has none. */
    private AddWinsMap<String, String> entries = AddWinsMap.empty();

    private Ticket(TicketId id) {
        this.id = id;
    }

    private Ticket(Ticket other) {
        id = other.id;
        seen = other.seen;
        newest = other.newest;
        updatedMillis = other.updatedMillis;
        birth = other.birth;
        type = other.type;
        title = other.title;
        description = other.description;
        status = other.status;
        trail = other.trail;
        priority = other.priority;
        queue = other.queue;
        reporter = other.reporter;
        assignee = other.assignee;
        tags = other.tags;
        watchers = other.watchers;
        customFields = other.customFields;
        links = other.links;
        mergedInto = other.mergedInto;
        due = other.due;
        comments = other.comments;
        occurrences = other.occurrences;
        deleted = other.deleted;
        externalId = other.externalId;
        attachments = other.attachments;
        lastPlace = other.lastPlace;
        timers = other.timers;
        entries = other.entries;
        redactions = other.redactions;
    }

    /** A ticket of which nothing is known yet. */
    public static Ticket unborn(TicketId id) {
        return new Ticket(id);
    }

    /** This ticket after an operation of that stamp: its changes are applied besides. */
    public Ticket touchedBy(Stamp stamp) {
        Ticket copy = new Ticket(this);
        copy.seen = seen.with(stamp.trace().operation());
        copy.newest = newest.max(stamp.trace().time());
        copy.updatedMillis = Math.max(updatedMillis, stamp.trace().atMillis());
        return copy;
    }

    /** The state after both copies' operations. Total: never throws for copies of one ticket. */
    @Override
    public Ticket merge(Ticket other) {
        Ticket merged = new Ticket(this);
        merged.seen = seen.merge(other.seen);
        merged.newest = newest.max(other.newest);
        merged.updatedMillis = Math.max(updatedMillis, other.updatedMillis);
        merged.birth = earlier(birth, other.birth);
        merged.type = type.merge(other.type);
        Ticket here = knowing(other.redactions);
        Ticket there = other.knowing(redactions);
        merged.redactions = here.redactions;
        merged.title = here.title.join(there.title, seen, other.seen);
        merged.description = here.description.join(there.description, seen, other.seen);
        merged.status = status.join(other.status, seen, other.seen);
        merged.trail = trail.merge(other.trail);
        merged.priority = priority.join(other.priority, seen, other.seen);
        merged.queue = queue.merge(other.queue);
        merged.reporter = reporter.merge(other.reporter);
        merged.assignee = assignee.join(other.assignee, seen, other.seen);
        merged.tags = tags.join(other.tags, seen, other.seen);
        merged.watchers = watchers.join(other.watchers, seen, other.seen);
        merged.customFields = here.customFields.merge(there.customFields);
        merged.links = links.join(other.links, seen, other.seen);
        merged.mergedInto = mergedInto.merge(other.mergedInto);
        merged.due = due.merge(other.due);
        merged.comments = comments.merge(other.comments);
        merged.occurrences = occurrences.merge(other.occurrences);
        merged.deleted = deleted.merge(other.deleted);
        merged.externalId = externalId.merge(other.externalId);
        merged.attachments = attachments.join(other.attachments, seen, other.seen);
        merged.lastPlace = lastPlace.merge(other.lastPlace);
        merged.timers = timers.merge(other.timers);
        merged.entries = entries.join(other.entries, seen, other.seen);
        return merged;
    }

    public TicketId id() {
        return id;
    }

    /** The operations that made this state. */
    public VersionVector seen() {
        return seen;
    }

    /** The newest hybrid time of them: the next local write is stamped above it. */
    public HybridTimestamp newest() {
        return newest;
    }

    /** The newest time of them as people read it, milliseconds since 1970. */
    public long updatedMillis() {
        return updatedMillis;
    }

    /** Who created it and when; null while only later operations are known. */
    public @Nullable Birth birth() {
        return birth;
    }

    public boolean isBorn() {
        return birth != null;
    }

    public boolean isDeleted() {
        return deleted.or(false);
    }

    public LatestRegister<String> type() {
        return type;
    }

    /** The title; of a ticket whose texts were redacted, and which got no other since, {@link #REDACTED}. */
    public ConflictRegister<String> title() {
        return title.isEmpty() && !redactions.isEmpty()
                ? new ConflictRegister<>(redactions.last().stream()
                        .map(redaction -> new Written<>(REDACTED, redaction))
                        .toList())
                : title;
    }

    /** The title as somebody wrote it. */
    public ConflictRegister<String> writtenTitle() {
        return title;
    }

    /** Whether somebody wrote a title, a description or custom fields that were not redacted. */
    public boolean hasOwnTexts() {
        return !title.isEmpty()
                || !description.isEmpty()
                || !customFields.registers().isEmpty();
    }

    /** The redactions of title, description and custom fields. */
    public Redactions redactions() {
        return redactions;
    }

    /** This state for somebody who knows these redactions too: what they took away is not in it. */
    public Ticket knowing(Redactions others) {
        if (redactions.cover(others)) {
            return this;
        }
        return withoutTexts(redactions.merge(others));
    }

    /** This ticket without title, description and custom fields. */
    public Ticket redactedBy(Trace redaction) {
        return withoutTexts(redactions.with(redaction));
    }

    private Ticket withoutTexts(Redactions redactions) {
        Ticket copy = new Ticket(this);
        copy.redactions = redactions;
        copy.title = ConflictRegister.empty();
        copy.description = ConflictRegister.empty();
        copy.customFields = LatestMap.empty();
        return copy;
    }

    public ConflictRegister<String> description() {
        return description;
    }

    public ConflictRegister<StatusValue> status() {
        return status;
    }

    public StatusTrail trail() {
        return trail;
    }

    public ConflictRegister<Priority> priority() {
        return priority;
    }

    public LatestRegister<String> queue() {
        return queue;
    }

    public LatestRegister<String> reporter() {
        return reporter;
    }

    public ConflictRegister<Optional<String>> assignee() {
        return assignee;
    }

    public AddWinsMap<Tag, String> tags() {
        return tags;
    }

    public AddWinsMap<String, Boolean> watchers() {
        return watchers;
    }

    public LatestMap<String, FieldValue> customFields() {
        return customFields;
    }

    public AddWinsMap<Link, Boolean> links() {
        return links;
    }

    public LatestRegister<Optional<TicketId>> mergedInto() {
        return mergedInto;
    }

    public LatestRegister<Due> due() {
        return due;
    }

    public GrowOnlyMap<CommentId, CommentHead> comments() {
        return comments;
    }

    public Counter occurrences() {
        return occurrences;
    }

    public LatestRegister<Boolean> deleted() {
        return deleted;
    }

    public LatestRegister<String> externalId() {
        return externalId;
    }

    public AddWinsMap<AttachmentId, Attachment> attachments() {
        return attachments;
    }

    /** The names of what is attached. */
    public List<String> attachmentNames() {
        if (attachments.size() == 0) {
            return List.of();
        }
        return attachments.entries().keySet().stream()
                .flatMap(attachment -> attachments.get(attachment).stream())
                .map(Attachment::name)
                .toList();
    }

    /** The bytes that are attached. */
    public Set<ContentHash> attachedHashes() {
        if (attachments.size() == 0) {
            return Set.of();
        }
        return attachedFiles().stream().map(Attachment::hash).collect(Collectors.toUnmodifiableSet());
    }

    /** What is known of the bytes that are attached; the same bytes may be attached several times. */
    public List<Attachment> attachedFiles() {
        return attachments.entries().values().stream()
                .flatMap(register -> register.winner().stream())
                .map(Written::value)
                .toList();
    }

    /** Where what the ticket is about happened last. */
    public LatestRegister<String> lastPlace() {
        return lastPlace;
    }

    /** For each timer that fired, the due time for which it fired last. */
    public HighestMap<String, Instant> timers() {
        return timers;
    }

    /** What a {@link Book} holds; nothing in a ticket. */
    public AddWinsMap<String, String> entries() {
        return entries;
    }

    public Ticket withSeen(VersionVector seen, HybridTimestamp newest, long updatedMillis) {
        Ticket copy = new Ticket(this);
        copy.seen = seen;
        copy.newest = newest;
        copy.updatedMillis = updatedMillis;
        return copy;
    }

    /** This ticket born so, unless an earlier birth is known. */
    public Ticket withBirth(@Nullable Birth birth) {
        Ticket copy = new Ticket(this);
        copy.birth = earlier(this.birth, birth);
        return copy;
    }

    public Ticket withType(LatestRegister<String> type) {
        Ticket copy = new Ticket(this);
        copy.type = type;
        return copy;
    }

    /** Only for a state that is put together, of registers that fit these redactions. */
    public Ticket withRedactions(Redactions redactions) {
        Ticket copy = new Ticket(this);
        copy.redactions = redactions;
        return copy;
    }

    public Ticket withTitle(ConflictRegister<String> title) {
        Ticket copy = new Ticket(this);
        copy.title = title;
        return copy;
    }

    public Ticket withDescription(ConflictRegister<String> description) {
        Ticket copy = new Ticket(this);
        copy.description = description;
        return copy;
    }

    public Ticket withStatus(ConflictRegister<StatusValue> status, StatusTrail trail) {
        Ticket copy = new Ticket(this);
        copy.status = status;
        copy.trail = trail;
        return copy;
    }

    public Ticket withPriority(ConflictRegister<Priority> priority) {
        Ticket copy = new Ticket(this);
        copy.priority = priority;
        return copy;
    }

    public Ticket withQueue(LatestRegister<String> queue) {
        Ticket copy = new Ticket(this);
        copy.queue = queue;
        return copy;
    }

    public Ticket withReporter(LatestRegister<String> reporter) {
        Ticket copy = new Ticket(this);
        copy.reporter = reporter;
        return copy;
    }

    public Ticket withAssignee(ConflictRegister<Optional<String>> assignee) {
        Ticket copy = new Ticket(this);
        copy.assignee = assignee;
        return copy;
    }

    public Ticket withTags(AddWinsMap<Tag, String> tags) {
        Ticket copy = new Ticket(this);
        copy.tags = tags;
        return copy;
    }

    public Ticket withWatchers(AddWinsMap<String, Boolean> watchers) {
        Ticket copy = new Ticket(this);
        copy.watchers = watchers;
        return copy;
    }

    public Ticket withCustomFields(LatestMap<String, FieldValue> customFields) {
        Ticket copy = new Ticket(this);
        copy.customFields = customFields;
        return copy;
    }

    public Ticket withLinks(AddWinsMap<Link, Boolean> links) {
        Ticket copy = new Ticket(this);
        copy.links = links;
        return copy;
    }

    public Ticket withMergedInto(LatestRegister<Optional<TicketId>> mergedInto) {
        Ticket copy = new Ticket(this);
        copy.mergedInto = mergedInto;
        return copy;
    }

    public Ticket withDue(LatestRegister<Due> due) {
        Ticket copy = new Ticket(this);
        copy.due = due;
        return copy;
    }

    public Ticket withComments(GrowOnlyMap<CommentId, CommentHead> comments) {
        Ticket copy = new Ticket(this);
        copy.comments = comments;
        return copy;
    }

    public Ticket withOccurrences(Counter occurrences) {
        Ticket copy = new Ticket(this);
        copy.occurrences = occurrences;
        return copy;
    }

    public Ticket withDeleted(LatestRegister<Boolean> deleted) {
        Ticket copy = new Ticket(this);
        copy.deleted = deleted;
        return copy;
    }

    public Ticket withExternalId(LatestRegister<String> externalId) {
        Ticket copy = new Ticket(this);
        copy.externalId = externalId;
        return copy;
    }

    public Ticket withAttachments(AddWinsMap<AttachmentId, Attachment> attachments) {
        Ticket copy = new Ticket(this);
        copy.attachments = attachments;
        return copy;
    }

    public Ticket withLastPlace(LatestRegister<String> lastPlace) {
        Ticket copy = new Ticket(this);
        copy.lastPlace = lastPlace;
        return copy;
    }

    public Ticket withTimers(HighestMap<String, Instant> timers) {
        Ticket copy = new Ticket(this);
        copy.timers = timers;
        return copy;
    }

    public Ticket withEntries(AddWinsMap<String, String> entries) {
        Ticket copy = new Ticket(this);
        copy.entries = entries;
        return copy;
    }

    /**
     * Names this state of the ticket, the same on every replica that holds it: an entity tag without quotes. Derived from
     * {@link #seen()}, which changes with every operation.
     */
    public String etag() {
        long low = new Fingerprint().add(seen).add(id.low()).value();
        long high = new Fingerprint().add(id.high()).add(seen).value();
        return Long.toString(high >>> 16, 36) + Long.toString(low >>> 16, 36);
    }

    /**
     * The same for equal tickets on every replica, different for different ones but for a chance of 2⁻⁶⁴. Covers the content, not
     * only {@link #seen()}, so that a replica that computed something else is found.
     */
    public long fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(id.high()).add(id.low()).add(seen);
        fingerprint.add(newest.packed()).add(updatedMillis).add(birth == null ? 0 : birth.atMillis());
        addWrites(fingerprint, title);
        addWrites(fingerprint, description);
        addWrites(fingerprint, assignee);
        addWrites(fingerprint, priority);
        addWrites(fingerprint, status);
        fingerprint.add(String.valueOf(due.or(Due.NEVER)));
        fingerprint.add(type.or("")).add(queue.or("")).add(reporter.or("")).add(externalId.or(""));
        tags.entries().keySet().forEach(tag -> fingerprint.add(tag.folded()));
        watchers.entries().keySet().forEach(fingerprint::add);
        links.entries()
                .keySet()
                .forEach(link ->
                        fingerprint.add(link.type().name()).add(link.target().low()));
        customFields.registers().forEach((key, value) -> {
            Written<FieldValue> written = value.written();
            fingerprint
                    .add(key)
                    .add(written == null ? 0 : written.trace().time().packed());
        });
        comments.entries().keySet().forEach(comment -> fingerprint.add(comment.low()));
        mergedInto.value().flatMap(target -> target).ifPresent(target -> fingerprint.add(target.low()));
        attachments.entries().forEach((attachment, writes) -> addWrites(fingerprint.add(attachment.low()), writes));
        lastPlace.value().ifPresent(fingerprint::add);
        redactions.traces().keySet().forEach(redaction -> fingerprint.add(redaction.sequence()));
        timers.entries()
                .forEach((timer, due) -> fingerprint.add(timer).add(due.value().toEpochMilli()));
        entries.entries().forEach((key, writes) -> addWrites(fingerprint.add(key), writes));
        return fingerprint
                .add(trail.steps().size())
                .add(occurrences.value())
                .add(isDeleted() ? 1 : 0)
                .value();
    }

    private static void addWrites(Fingerprint fingerprint, ConflictRegister<?> register) {
        fingerprint.add(register.writes().size());
        register.writes()
                .forEach(write -> fingerprint.add(write.trace().time().packed()).add(String.valueOf(write.value())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ticket that
                && id.equals(that.id)
                && seen.equals(that.seen)
                && newest.equals(that.newest)
                && updatedMillis == that.updatedMillis
                && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, seen);
    }

    @Override
    public String toString() {
        return id.key() + " " + title.or("") + " " + seen;
    }

    private List<Object> parts() {
        return List.of(
                Optional.ofNullable(birth),
                type,
                title,
                description,
                status,
                trail,
                priority,
                queue,
                reporter,
                assignee,
                tags,
                watchers,
                customFields,
                links,
                mergedInto,
                due,
                comments,
                occurrences,
                deleted,
                externalId,
                attachments,
                lastPlace,
                timers,
                entries,
                redactions);
    }

    private static @Nullable Birth earlier(@Nullable Birth one, @Nullable Birth two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) <= 0 ? one : two;
    }
}
