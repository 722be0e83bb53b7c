package io.ticketmesh.wire;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.Sha256;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.OperationRange;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import io.ticketmesh.ticket.change.UnknownChange;
import io.ticketmesh.ticket.change.WriteEntry;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Values whose bytes are kept for ever. None of them is ever changed; new ones are added. */
final class GoldenValues {
    static final NodeId ALICE = new NodeId(0x0a11ce0000000001L, 0x8000000000000001L);
    static final NodeId BOB = new NodeId(0xb0b0000000000002L, 2);
    static final Origin ALICE_1 = new Origin(ALICE, 0x65_0000_0001L);
    static final Origin ALICE_2 = new Origin(ALICE, 0x66_0000_0001L);
    static final Origin BOB_1 = new Origin(BOB, 0x65_0000_0002L);
    static final TicketId TICKET = new TicketId(0x0190_1234_5678_7abcL, 0x8123_4567_89ab_cdefL);
    static final TicketId OTHER = new TicketId(0x0190_1234_5679_7abcL, 0x8123_4567_89ab_cdefL);
    static final CommentId COMMENT = new CommentId(0x0190_1234_567a_7abcL, 0x8123_4567_89ab_cdefL);
    static final AttachmentId ATTACHMENT = new AttachmentId(0x0190_1234_567b_7abcL, 0x8123_4567_89ab_cdefL);
    static final long CLUSTER = 0x7e1e_c4a2_0000_0001L;
    static final RequestKey REQUEST = new RequestKey(1, -2, 3);

    private static final long MILLIS = 1_790_000_000_000L;

    private GoldenValues() {}

    static VersionVector version() {
        return VersionVector.of(Map.of(ALICE_1, 3L, ALICE_2, 300L, BOB_1, Long.MAX_VALUE));
    }

    /** Operations by name: one for each kind of change, and one with everything. */
    static Map<String, Operation> operations() {
        Map<String, Operation> operations = new TreeMap<>();
        for (Change change : changes()) {
            String name = change.getClass().getSimpleName();
            int same = (int) operations.keySet().stream()
                    .filter(other -> other.matches(name + "-\\d+"))
                    .count();
            operations.put(name + "-" + (same + 1), operation(ALICE_1, 1, 0, VersionVector.EMPTY, change));
        }
        operations.put("RedactTicket-1", operation(ALICE_1, 1, 0, VersionVector.EMPTY, new RedactTicket()));
        laterChanges()
                .forEach((name, change) -> operations.put(name, operation(ALICE_1, 1, 0, VersionVector.EMPTY, change)));
        operations.put(
                "Everything",
                new Operation(
                        new OperationId(ALICE_2, 200),
                        HybridTimestamp.of(MILLIS, 65_535),
                        -5,
                        "zoë",
                        TICKET,
                        version(),
                        REQUEST,
                        List.of(new SetTitle("Drucker brennt 🔥"), new UnknownChange(900, Bytes.of(new byte[] {1, 2}))),
                        Bytes.of(new byte[] {9, 3, 7, 7, 7, 11, 0})));
        return operations;
    }

    /** Of kinds that came after the first ones, which {@link #ticket()} holds. */
    private static Map<String, Change> laterChanges() {
        ContentHash hash = new ContentHash(0x0123_4567_89ab_cdefL, -2, 3, 0x8000_0000_0000_0000L);
        Map<String, Change> changes = new TreeMap<>();
        changes.put(
                "AddAttachment-1",
                new AddAttachment(ATTACHMENT, new Attachment("Büro.png", 10_485_760, hash, "image/png")));
        changes.put("RemoveAttachment-1", new RemoveAttachment(ATTACHMENT));
        changes.put("FireTimer-1", new FireTimer("sla.first_response", Instant.ofEpochMilli(MILLIS)));
        changes.put("RecordOccurrences-place", new RecordOccurrences(3, "büro-1"));
        changes.put("WriteEntry-1", new WriteEntry("mine", "{\"query\":\"größer\"}"));
        changes.put("WriteEntry-2", new WriteEntry("mine", null));
        return changes;
    }

    /** A ticket with what later kinds of changes leave; and a book, which has entries besides. */
    static Ticket laterTicket() {
        Ticket ticket = Ticket.unborn(TICKET);
        long second = 0;
        for (Change change : laterChanges().values()) {
            second++;
            ticket = change instanceof RemoveAttachment || change instanceof WriteEntry entry && entry.text() == null
                    ? ticket
                    : operation(ALICE_1, second, second, ticket.seen(), change).applyTo(ticket);
        }
        return ticket;
    }

    /** A ticket whose texts were redacted on two sides, and written again on one. */
    static Ticket redactedTicket() {
        Ticket begun = operation(ALICE_1, 1, 1, VersionVector.EMPTY, new CreateTicket("Secret"))
                .applyTo(Ticket.unborn(TICKET));
        Ticket here = operation(ALICE_1, 2, 2, begun.seen(), new RedactTicket(), new SetDescription("Nothing"))
                .applyTo(begun);
        Ticket there = operation(BOB_1, 1, 3, begun.seen(), new RedactTicket()).applyTo(begun);
        Ticket both = here.merge(there);
        return operation(ALICE_1, 4, 4, both.seen(), new SetTitle("Anew")).applyTo(both);
    }

    static Ticket ticket() {
        Ticket alice = Ticket.unborn(TICKET);
        long second = 0;
        List<Change> shown = changes().stream()
                .filter(change -> !(change instanceof PurgeTicket) && !(change instanceof UnknownChange))
                .toList();
        for (Change change : shown) {
            second++;
            alice = operation(ALICE_1, second, second, alice.seen(), change).applyTo(alice);
        }
        Ticket bob = operation(
                        BOB_1,
                        1,
                        5,
                        VersionVector.EMPTY,
                        new SetTitle("concurrent"),
                        new AddTag("VPN"),
                        new AddWatcher("bob"),
                        new AddLink(LinkType.BLOCKS, OTHER),
                        new RecordOccurrences(4))
                .applyTo(Ticket.unborn(TICKET));
        return alice.merge(bob);
    }

    static Comment comment() {
        return Comment.unwritten(TICKET, COMMENT)
                .write(
                        "It **burns**.",
                        operation(ALICE_1, 7, 0, VersionVector.EMPTY).stamp());
    }

    static Comment redactedComment() {
        return comment().redact(operation(BOB_1, 8, 9, VersionVector.EMPTY).stamp());
    }

    static Tombstone tombstone() {
        return new Tombstone(TICKET, operation(BOB_1, 9, 1, VersionVector.EMPTY).trace());
    }

    static Receipt receipt() {
        return new Receipt(REQUEST, new OperationId(BOB_1, 9), TICKET, MILLIS);
    }

    static Map<String, LogEntry> entries() {
        Map<String, LogEntry> entries = new TreeMap<>();
        List<Operation> history = List.of(operations().get("Everything"));
        entries.put("Opening", new LogEntry.Opening(ALICE_2));
        entries.put("ClockBound", new LogEntry.ClockBound(HybridTimestamp.of(MILLIS, 3)));
        entries.put("Enrolled", new LogEntry.Enrolled(aliceAsMember()));
        entries.put("EnrolledRetired", new LogEntry.Enrolled(bobAsMember()));
        entries.put("Caught", new LogEntry.Caught(version()));
        entries.put(
                "AdoptedLiving",
                new LogEntry.Adopted(new TicketState.Living(ticket(), List.of(comment(), redactedComment()), history)));
        entries.put("AdoptedPurged", new LogEntry.Adopted(new TicketState.Purged(tombstone())));
        return entries;
    }

    static Member aliceAsMember() {
        return new Member(ALICE, "büro-1", 1, MILLIS, 0);
    }

    static Member bobAsMember() {
        return new Member(BOB, "", Integer.MAX_VALUE, MILLIS + 1, MILLIS + 2);
    }

    /** Messages by name: each type, with everything and with as little as there may be. */
    static Map<String, Message> messages() {
        Map<String, Message> messages = new TreeMap<>();
        List<Operation> few =
                List.of(operations().get("Everything"), operations().get("SetTitle-1"));
        TicketState living = new TicketState.Living(ticket(), List.of(comment(), redactedComment()), few.subList(0, 1));
        TicketState purged = new TicketState.Purged(tombstone());
        messages.put("Hello", new Message.Hello(aliceAsMember(), roster(), MILLIS + 3));
        messages.put("Hello-alone", new Message.Hello(bobAsMember(), Roster.EMPTY, -1));
        messages.put("Bye", new Message.Bye());
        messages.put("Hint", new Message.Hint(few, true));
        messages.put("Hint-empty", new Message.Hint(List.of(), false));
        messages.put("Ack", new Message.Ack(ALICE_2, 300));
        messages.put(
                "Digest",
                new Message.Digest(VersionSummary.whole(version()), VersionVector.of(Map.of(BOB_1, 7L)), true));
        VersionSummary summary = new VersionSummary(version(), new Sha256(0x0123_4567_89ab_cdefL, -2));
        messages.put("Digest-summary", new Message.Digest(summary, VersionVector.EMPTY, false));
        messages.put(
                "Digest-empty",
                new Message.Digest(VersionSummary.whole(VersionVector.EMPTY), VersionVector.EMPTY, false));
        messages.put(
                "Pull",
                new Message.Pull(
                        List.of(new OperationRange(ALICE_1, 1, 1), new OperationRange(BOB_1, 300, Long.MAX_VALUE))));
        messages.put("Pull-empty", new Message.Pull(List.of()));
        messages.put("Operations", new Message.Operations(few));
        messages.put("Operations-empty", new Message.Operations(List.of()));
        messages.put("SnapshotRequest", new Message.SnapshotRequest(version(), TICKET, Set.of(0, 127, 128, 255)));
        messages.put("SnapshotRequest-first", new Message.SnapshotRequest(null, null, Set.of()));
        messages.put(
                "SnapshotPart",
                new Message.SnapshotPart(version(), TICKET, OTHER, Set.of(1, 200), List.of(living, purged)));
        messages.put(
                "SnapshotPart-only",
                new Message.SnapshotPart(VersionVector.EMPTY, null, null, Set.of(), List.of(purged)));
        messages.put("ContentSums-summary", new Message.ContentSums(summary, List.of(7L)));
        messages.put(
                "ContentSums",
                new Message.ContentSums(VersionSummary.whole(version()), List.of(0L, -1L, 0x0123_4567_89ab_cdefL)));
        ContentHash hash = new ContentHash(0x0123_4567_89ab_cdefL, -1, 0, 1);
        messages.put("BlobRequest", new Message.BlobRequest(hash, 131_072, 300));
        messages.put("BlobPart", new Message.BlobPart(hash, 131_072, Bytes.of(new byte[] {1, -1, 0})));
        messages.put("BlobPart-empty", new Message.BlobPart(hash, 0, Bytes.EMPTY));
        return messages;
    }

    private static Roster roster() {
        return Roster.of(List.of(bobAsMember(), aliceAsMember()));
    }

    /** A ticket as most are: just created through a form. */
    static Ticket freshTicket() {
        Operation operation = operation(
                ALICE_1,
                12_345,
                0,
                VersionVector.EMPTY,
                new CreateTicket("The printer on the third floor is on fire"),
                new SetDescription("Since this morning it smokes, and now there are flames. "
                        .repeat(6)
                        .substring(0, 300)),
                new SetType("incident"),
                new SetPriority(Priority.URGENT),
                new SetQueue("facilities"),
                new SetReporter("zoe.miller"),
                new SetAssignee("anna.berg"),
                new SetStatus(Status.NEW),
                new AddTag("printer"),
                new AddTag("fire"),
                new AddWatcher("zoe.miller"));
        return operation.applyTo(Ticket.unborn(TICKET));
    }

    static Operation operation(Origin origin, long sequence, long second, VersionVector seen, Change... changes) {
        HybridTimestamp time = HybridTimestamp.of(MILLIS + second * 1_000, 0);
        return new Operation(
                new OperationId(origin, sequence),
                time,
                time.millis(),
                "anna",
                TICKET,
                seen,
                null,
                List.of(changes),
                Bytes.EMPTY);
    }

    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>(List.of(
                new CreateTicket("Printer on fire"),
                new SetTitle("Printer is *still* on fire"),
                new SetDescription("It burns.\n\nGruß aus 東京"),
                new SetDescription(""),
                new SetType("bug"),
                new SetStatus(Status.OPEN),
                new SetStatus(Status.PENDING, null, Instant.ofEpochMilli(MILLIS + 1)),
                new SetStatus(Status.RESOLVED, "fixed", null),
                new SetPriority(Priority.URGENT),
                new SetQueue("network"),
                new SetReporter("zoë"),
                new SetAssignee("bob"),
                new SetAssignee(null),
                new SetDue(new Due.At(Instant.ofEpochMilli(-1))),
                new SetDue(new Due.On(LocalDate.of(2027, 2, 28))),
                new SetDue(Due.NEVER),
                new SetCustomField("a", new FieldValue.Text("text")),
                new SetCustomField("b", new FieldValue.Numeric(new BigDecimal("-12345678901234567890.5"))),
                new SetCustomField("c", new FieldValue.Flag(true)),
                new SetCustomField("d", new FieldValue.Moment(Instant.ofEpochMilli(MILLIS))),
                new SetCustomField("e", new FieldValue.Day(LocalDate.of(1999, 12, 31))),
                new SetCustomField("f", new FieldValue.Texts(List.of("one", "", "zwölf")))));
        changes.addAll(List.of(
                new SetCustomField("g", FieldValue.ABSENT),
                new SetExternalId("JIRA-1"),
                new AddTag("vpn"),
                new AddTag("Straße"),
                new RemoveTag("fax"),
                new AddWatcher("bob"),
                new RemoveWatcher("carol"),
                new AddLink(LinkType.RELATES_TO, OTHER),
                new RemoveLink(LinkType.PARENT, OTHER),
                new MergeInto(OTHER),
                new MergeInto(null),
                new AddComment(COMMENT, CommentKind.INTERNAL, "It **burns**."),
                new EditComment(COMMENT, "It burned."),
                new RedactComment(COMMENT),
                new RecordOccurrences(1_000),
                new DeleteTicket(),
                new RestoreTicket(),
                new PurgeTicket(),
                new UnknownChange(77, Bytes.of(new byte[] {1, 2, 3}))));
        return changes;
    }
}
