package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.Counter;
import io.ticketmesh.crdt.GrowOnlyMap;
import io.ticketmesh.crdt.HighestMap;
import io.ticketmesh.crdt.LatestMap;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Redactions;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusTrail;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Tag;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The form of a ticket. A ticket that was just created has one trace, which is written once: most of its registers then take
 * three bytes and their value.
 */
final class TicketSerializer extends RecordSerializer<Ticket> {
    private static final int ID = 1;
    private static final int BIRTH = 2;
    private static final int SEEN = 3;
    private static final int NEWEST = 4;
    private static final int TYPE = 5;
    private static final int TITLE = 6;
    private static final int DESCRIPTION = 7;
    private static final int STATUS = 8;
    private static final int TRAIL = 9;
    private static final int PRIORITY = 10;
    private static final int QUEUE = 11;
    private static final int REPORTER = 12;
    private static final int ASSIGNEE = 13;
    private static final int TAGS = 14;
    private static final int WATCHERS = 15;
    private static final int CUSTOM_FIELDS = 16;
    private static final int LINKS = 17;
    private static final int MERGED_INTO = 18;
    private static final int DUE = 19;
    private static final int COMMENTS = 20;
    private static final int OCCURRENCES = 21;
    private static final int DELETED = 22;
    private static final int EXTERNAL_ID = 23;
    private static final int ATTACHMENTS = 24;
    private static final int LAST_PLACE = 25;
    private static final int TIMERS = 26;
    private static final int ENTRIES = 27;
    private static final int REDACTIONS = 28;

    TicketSerializer() {
        super(WireIds.TICKET);
    }

    @Override
    int lastTag() {
        return REDACTIONS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Ticket ticket) {
        output.open(ID);
        output.ticketId(ticket.id());
        output.closeFrame();
        Birth birth = ticket.birth();
        if (birth != null) {
            output.open(BIRTH);
            output.trace(birth.trace());
            output.closeFrame();
        }
        writeSeen(output, ticket.seen());
        writeNewest(output, ticket);
        Registers.write(output, TYPE, ticket.type(), WireOutput::text);
        Registers.write(output, TITLE, ticket.writtenTitle(), WireOutput::text);
        Registers.write(output, DESCRIPTION, ticket.description(), WireOutput::text);
        Registers.write(output, STATUS, ticket.status(), TicketSerializer::writeStatus);
        writeTrail(output, ticket.trail());
        Registers.write(output, PRIORITY, ticket.priority(), TicketSerializer::writePriority);
        Registers.write(output, QUEUE, ticket.queue(), WireOutput::text);
        Registers.write(output, REPORTER, ticket.reporter(), WireOutput::word);
        Registers.write(output, ASSIGNEE, ticket.assignee(), TicketSerializer::writeAssignee);
        Registers.write(
                output,
                TAGS,
                ticket.tags(),
                (out, tag) -> out.text(tag.folded()),
                tag -> (out, spelling) -> writeSpelling(out, tag, spelling));
        Registers.write(output, WATCHERS, ticket.watchers(), WireOutput::word, watcher -> WireOutput::flag);
        writeCustomFields(output, ticket.customFields());
        Registers.write(output, LINKS, ticket.links(), TicketSerializer::writeLink, link -> WireOutput::flag);
        Registers.write(output, MERGED_INTO, ticket.mergedInto(), TicketSerializer::writeMergedInto);
        Registers.write(output, DUE, ticket.due(), Dues::write);
        writeComments(output, ticket);
        writeOccurrences(output, ticket.occurrences());
        Registers.write(output, DELETED, ticket.deleted(), WireOutput::flag);
        Registers.write(output, EXTERNAL_ID, ticket.externalId(), WireOutput::text);
        Registers.write(output, ATTACHMENTS, ticket.attachments(), Attachments::writeId, id -> Attachments::write);
        Registers.write(output, LAST_PLACE, ticket.lastPlace(), WireOutput::text);
        writeTimers(output, ticket.timers());
        Registers.write(output, ENTRIES, ticket.entries(), WireOutput::text, key -> WireOutput::text);
        writeRedactions(output, ticket.redactions());
    }

    @Override
    Ticket readFields(Kryo kryo, WireInput input) {
        input.openRequired(ID, "id");
        Ticket ticket = Ticket.unborn(input.ticketId());
        input.closeFrame();
        if (input.open(BIRTH)) {
            ticket = ticket.withBirth(new Birth(input.trace()));
            input.closeFrame();
        }
        ticket = readNewest(input, ticket, readSeen(input));
        ticket = ticket.withType(Registers.readLatest(input, TYPE, WireInput::text))
                .withTitle(Registers.readConflict(input, TITLE, WireInput::text))
                .withDescription(Registers.readConflict(input, DESCRIPTION, WireInput::text));
        ConflictRegister<StatusValue> status = Registers.readConflict(input, STATUS, TicketSerializer::readStatus);
        ticket = ticket.withStatus(status, readTrail(input))
                .withPriority(Registers.readConflict(input, PRIORITY, TicketSerializer::readPriority))
                .withQueue(Registers.readLatest(input, QUEUE, WireInput::text))
                .withReporter(Registers.readLatest(input, REPORTER, WireInput::word))
                .withAssignee(Registers.readConflict(input, ASSIGNEE, TicketSerializer::readAssignee))
                .withTags(Registers.readMap(input, TAGS, in -> new Tag(in.text()), TicketSerializer::readSpelling))
                .withWatchers(Registers.readMap(input, WATCHERS, WireInput::word, (in, watcher) -> in.flag()))
                .withCustomFields(readCustomFields(input))
                .withLinks(Registers.readMap(input, LINKS, TicketSerializer::readLink, (in, link) -> in.flag()))
                .withMergedInto(Registers.readLatest(input, MERGED_INTO, TicketSerializer::readMergedInto))
                .withDue(Registers.readLatest(input, DUE, TicketSerializer::readDue));
        return ticket.withComments(readComments(input, ticket.newest()))
                .withOccurrences(readOccurrences(input))
                .withDeleted(Registers.readLatest(input, DELETED, WireInput::flag))
                .withExternalId(Registers.readLatest(input, EXTERNAL_ID, WireInput::text))
                .withAttachments(
                        Registers.readMap(input, ATTACHMENTS, Attachments::readId, (in, id) -> Attachments.read(in)))
                .withLastPlace(Registers.readLatest(input, LAST_PLACE, WireInput::text))
                .withTimers(readTimers(input))
                .withEntries(Registers.readMap(input, ENTRIES, WireInput::text, (in, key) -> in.text()))
                .withRedactions(readRedactions(input));
    }

    private static void writeRedactions(WireOutput output, Redactions redactions) {
        if (!redactions.isEmpty()) {
            output.open(REDACTIONS);
            redactions.traces().values().forEach(output::trace);
            output.closeFrame();
        }
    }

    private static Redactions readRedactions(WireInput input) {
        if (!input.open(REDACTIONS)) {
            return Redactions.NONE;
        }
        TreeMap<OperationId, Trace> traces = new TreeMap<>();
        while (input.hasMore()) {
            Trace trace = input.trace();
            Registers.requireRising(input, traces, trace.operation());
            traces.put(trace.operation(), trace);
        }
        input.closeFrame();
        return new Redactions(traces);
    }

    private static void writeSeen(WireOutput output, VersionVector seen) {
        if (!seen.isEmpty()) {
            output.open(SEEN);
            seen.forEach((origin, sequence) -> {
                output.origin(origin);
                output.unsigned(sequence);
            });
            output.closeFrame();
        }
    }

    private static VersionVector readSeen(WireInput input) {
        if (!input.open(SEEN)) {
            return VersionVector.EMPTY;
        }
        TreeMap<Origin, Long> entries = new TreeMap<>();
        while (input.hasMore()) {
            Origin origin = input.origin();
            Registers.requireRising(input, entries, origin);
            entries.put(origin, input.sequence());
        }
        input.closeFrame();
        return VersionVector.of(entries);
    }

    private static void writeNewest(WireOutput output, Ticket ticket) {
        HybridTimestamp newest = ticket.newest();
        output.open(NEWEST);
        output.nearMillis(newest.millis());
        output.unsigned(newest.counter());
        output.signed(ticket.updatedMillis() - newest.millis());
        output.closeFrame();
    }

    private static Ticket readNewest(WireInput input, Ticket ticket, VersionVector seen) {
        input.openRequired(NEWEST, "newest");
        HybridTimestamp newest = input.timeOf(input.nearMillis(), input.unsigned());
        long updatedMillis = newest.millis() + input.signed();
        input.closeFrame();
        return ticket.withSeen(seen, newest, updatedMillis);
    }

    private static void writeStatus(WireOutput output, StatusValue value) {
        output.word(value.status().name());
        output.optional(value.resolution(), WireOutput::word);
        output.optional(value.pendingUntil(), (out, instant) -> out.signed(instant.toEpochMilli()));
    }

    private static StatusValue readStatus(WireInput input) {
        Status status = new Status(input.word());
        String resolution = input.optional(WireInput::word);
        Instant pendingUntil = input.optional(in -> Instant.ofEpochMilli(in.signed()));
        return new StatusValue(status, resolution, pendingUntil);
    }

    private static void writeTrail(WireOutput output, StatusTrail trail) {
        if (!trail.steps().isEmpty()) {
            output.open(TRAIL);
            trail.steps().forEach((trace, value) -> {
                output.trace(trace);
                writeStatus(output, value);
            });
            output.closeFrame();
        }
    }

    private static StatusTrail readTrail(WireInput input) {
        if (!input.open(TRAIL)) {
            return StatusTrail.EMPTY;
        }
        TreeMap<Trace, StatusValue> steps = new TreeMap<>();
        while (input.hasMore()) {
            Trace trace = input.trace();
            Registers.requireRising(input, steps, trace);
            steps.put(trace, readStatus(input));
        }
        input.closeFrame();
        return new StatusTrail(steps);
    }

    private static void writePriority(WireOutput output, Priority priority) {
        output.signed(priority.rank());
        output.text(priority.name());
    }

    private static Priority readPriority(WireInput input) {
        int rank = Math.toIntExact(input.signed());
        return new Priority(rank, input.text());
    }

    private static void writeAssignee(WireOutput output, Optional<String> assignee) {
        output.optional(assignee.orElse(null), WireOutput::word);
    }

    private static Optional<String> readAssignee(WireInput input) {
        return Optional.ofNullable(input.optional(WireInput::word));
    }

    /** A tag is mostly spelled as its normal form, which is its key. */
    private static void writeSpelling(WireOutput output, Tag tag, String spelling) {
        output.optional(spelling.equals(tag.folded()) ? null : spelling, WireOutput::text);
    }

    private static String readSpelling(WireInput input, Tag tag) {
        String spelling = input.optional(WireInput::text);
        return spelling == null ? tag.folded() : spelling;
    }

    private static void writeCustomFields(WireOutput output, LatestMap<String, FieldValue> fields) {
        if (!fields.registers().isEmpty()) {
            output.open(CUSTOM_FIELDS);
            fields.registers().forEach((key, register) -> {
                Written<FieldValue> written = register.written();
                if (written != null) {
                    output.text(key);
                    Registers.writeWritten(output, written, (out, value) -> {
                        out.openFrame();
                        FieldValues.write(out, value);
                        out.closeFrame();
                    });
                }
            });
            output.closeFrame();
        }
    }

    private static LatestMap<String, FieldValue> readCustomFields(WireInput input) {
        if (!input.open(CUSTOM_FIELDS)) {
            return LatestMap.empty();
        }
        TreeMap<String, LatestRegister<FieldValue>> registers = new TreeMap<>();
        while (input.hasMore()) {
            String key = input.text();
            Registers.requireRising(input, registers, key);
            registers.put(key, new LatestRegister<>(Registers.readWritten(input, TicketSerializer::readFieldValue)));
        }
        input.closeFrame();
        return new LatestMap<>(registers);
    }

    private static FieldValue readFieldValue(WireInput input) {
        input.openFrame();
        FieldValue value = FieldValues.read(input);
        if (value == null) {
            input.skipRest();
            value = FieldValue.ABSENT;
        }
        input.closeFrame();
        return value;
    }

    private static void writeLink(WireOutput output, Link link) {
        output.word(link.type().name());
        output.word(link.type().inverse());
        output.ticketId(link.target());
    }

    private static Link readLink(WireInput input) {
        LinkType type = new LinkType(input.word(), input.word());
        return new Link(type, input.ticketId());
    }

    private static void writeMergedInto(WireOutput output, Optional<TicketId> target) {
        output.optional(target.orElse(null), WireOutput::ticketId);
    }

    private static Optional<TicketId> readMergedInto(WireInput input) {
        return Optional.ofNullable(input.optional(WireInput::ticketId));
    }

    private static Due readDue(WireInput input) {
        Due due = Dues.read(input);
        if (due == null) {
            input.skipRest();
            due = Due.NEVER;
        }
        return due;
    }

    private static void writeComments(WireOutput output, Ticket ticket) {
        if (ticket.comments().size() > 0) {
            output.open(COMMENTS);
            long lastMillis = ticket.newest().millis();
            for (Map.Entry<CommentId, CommentHead> entry :
                    ticket.comments().entries().entrySet()) {
                CommentHead head = entry.getValue();
                output.commentId(entry.getKey());
                output.unsigned(CommentKinds.numberOf(head.kind()));
                output.word(head.author());
                output.signed(head.atMillis() - lastMillis);
                lastMillis = head.atMillis();
            }
            output.closeFrame();
        }
    }

    private static GrowOnlyMap<CommentId, CommentHead> readComments(WireInput input, HybridTimestamp newest) {
        if (!input.open(COMMENTS)) {
            return GrowOnlyMap.empty();
        }
        TreeMap<CommentId, CommentHead> heads = new TreeMap<>();
        long lastMillis = newest.millis();
        while (input.hasMore()) {
            CommentId id = input.commentId();
            Registers.requireRising(input, heads, id);
            CommentKind kind = CommentKinds.of(input.number(Integer.MAX_VALUE));
            String author = input.word();
            lastMillis += input.signed();
            heads.put(id, new CommentHead(id, kind == null ? CommentKind.INTERNAL : kind, author, lastMillis));
        }
        input.closeFrame();
        return new GrowOnlyMap<>(heads);
    }

    private static void writeOccurrences(WireOutput output, Counter occurrences) {
        if (!occurrences.places().isEmpty()) {
            output.open(OCCURRENCES);
            occurrences.places().forEach((origin, count) -> {
                output.origin(origin);
                output.unsigned(count);
            });
            output.closeFrame();
        }
    }

    private static Counter readOccurrences(WireInput input) {
        if (!input.open(OCCURRENCES)) {
            return Counter.ZERO;
        }
        TreeMap<Origin, Long> places = new TreeMap<>();
        while (input.hasMore()) {
            Origin origin = input.origin();
            Registers.requireRising(input, places, origin);
            places.put(origin, input.unsigned());
        }
        input.closeFrame();
        return new Counter(places);
    }

    private static void writeTimers(WireOutput output, HighestMap<String, Instant> timers) {
        if (!timers.entries().isEmpty()) {
            output.open(TIMERS);
            timers.entries().forEach((timer, written) -> {
                output.text(timer);
                Registers.writeWritten(output, written, (out, due) -> out.signed(due.toEpochMilli()));
            });
            output.closeFrame();
        }
    }

    private static HighestMap<String, Instant> readTimers(WireInput input) {
        if (!input.open(TIMERS)) {
            return HighestMap.empty();
        }
        TreeMap<String, Written<Instant>> entries = new TreeMap<>();
        while (input.hasMore()) {
            String timer = input.text();
            Registers.requireRising(input, entries, timer);
            entries.put(timer, Registers.readWritten(input, in -> Instant.ofEpochMilli(in.signed())));
        }
        input.closeFrame();
        return new HighestMap<>(entries);
    }
}
