package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
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
import io.ticketmesh.ticket.change.WriteEntry;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of all that has a form in bytes. Append only: a number that was ever released keeps its meaning for ever, also when
 * its class is gone. Records have 20 to 39, kinds of changes 40 to 99; {@link MessageTypes} numbers the types of messages.
 */
final class WireIds {
    /**
     * The version byte of every record. What older versions can skip is a new tag; a layout that they cannot read is a new
     * version, to be written only when every active node has announced it, while this one stays readable.
     */
    static final int VERSION = 1;

    /** The most frames, or Kryo objects, within each other; real values have at most seven. */
    static final int MAX_DEPTH = 16;

    static final int OPERATION = 20;
    static final int OPENING = 21;
    static final int CLOCK_BOUND = 22;
    static final int ADOPTED = 23;
    static final int CAUGHT = 24;
    static final int TICKET = 25;
    static final int COMMENT = 26;
    static final int TOMBSTONE = 27;
    static final int RECEIPT = 28;
    static final int VERSION_VECTOR = 29;
    static final int MEMBER = 30;
    static final int ENROLLED = 31;

    /** How an origin of a vector is written: the one that the reader has, one of the node before it, or in full. */
    static final int OWN_ORIGIN = 0;

    static final int NEAR_ORIGIN = 1;
    static final int FAR_ORIGIN = 2;

    private WireIds() {}

    static void register(Kryo kryo) {
        kryo.register(Operation.class, new OperationSerializer(), OPERATION);
        kryo.register(LogEntry.Opening.class, opening(), OPENING);
        kryo.register(LogEntry.ClockBound.class, clockBound(), CLOCK_BOUND);
        kryo.register(LogEntry.Adopted.class, new AdoptedSerializer(), ADOPTED);
        kryo.register(LogEntry.Caught.class, caught(), CAUGHT);
        kryo.register(Ticket.class, new TicketSerializer(), TICKET);
        kryo.register(Comment.class, new CommentSerializer(), COMMENT);
        kryo.register(Tombstone.class, new TombstoneSerializer(), TOMBSTONE);
        kryo.register(Receipt.class, new ReceiptSerializer(), RECEIPT);
        kryo.register(VersionVector.class, new VersionVectorSerializer(), VERSION_VECTOR);
        kryo.register(Member.class, new MemberSerializer(), MEMBER);
        kryo.register(LogEntry.Enrolled.class, new EnrolledSerializer(), ENROLLED);

        kryo.register(CreateTicket.class, ChangeSerializer.ofText(CreateTicket::title, CreateTicket::new), 40);
        kryo.register(SetTitle.class, ChangeSerializer.ofText(SetTitle::title, SetTitle::new), 41);
        kryo.register(
                SetDescription.class, ChangeSerializer.ofText(SetDescription::description, SetDescription::new), 42);
        kryo.register(SetType.class, ChangeSerializer.ofText(SetType::type, SetType::new), 43);
        kryo.register(SetStatus.class, ChangeForms.setStatus(), 44);
        kryo.register(SetPriority.class, ChangeForms.setPriority(), 45);
        kryo.register(SetQueue.class, ChangeSerializer.ofText(SetQueue::queue, SetQueue::new), 46);
        kryo.register(SetReporter.class, ChangeSerializer.ofText(SetReporter::reporter, SetReporter::new), 47);
        kryo.register(SetAssignee.class, ChangeForms.setAssignee(), 48);
        kryo.register(SetDue.class, ChangeForms.setDue(), 49);
        kryo.register(SetCustomField.class, ChangeForms.setCustomField(), 50);
        kryo.register(SetExternalId.class, ChangeSerializer.ofText(SetExternalId::externalId, SetExternalId::new), 51);
        kryo.register(AddTag.class, ChangeSerializer.ofText(AddTag::tag, AddTag::new), 52);
        kryo.register(RemoveTag.class, ChangeSerializer.ofText(RemoveTag::tag, RemoveTag::new), 53);
        kryo.register(AddWatcher.class, ChangeSerializer.ofText(AddWatcher::watcher, AddWatcher::new), 54);
        kryo.register(RemoveWatcher.class, ChangeSerializer.ofText(RemoveWatcher::watcher, RemoveWatcher::new), 55);
        kryo.register(AddLink.class, ChangeForms.addLink(), 56);
        kryo.register(RemoveLink.class, ChangeForms.removeLink(), 57);
        kryo.register(MergeInto.class, ChangeForms.mergeInto(), 58);
        kryo.register(AddComment.class, ChangeForms.addComment(), 59);
        kryo.register(EditComment.class, ChangeForms.editComment(), 60);
        kryo.register(RedactComment.class, ChangeForms.redactComment(), 61);
        kryo.register(RecordOccurrences.class, ChangeForms.recordOccurrences(), 62);
        kryo.register(DeleteTicket.class, ChangeSerializer.ofNothing(new DeleteTicket()), 63);
        kryo.register(RestoreTicket.class, ChangeSerializer.ofNothing(new RestoreTicket()), 64);
        kryo.register(PurgeTicket.class, ChangeSerializer.ofNothing(new PurgeTicket()), 65);
        kryo.register(AddAttachment.class, ChangeForms.addAttachment(), 66);
        kryo.register(RemoveAttachment.class, ChangeForms.removeAttachment(), 67);
        kryo.register(FireTimer.class, ChangeForms.fireTimer(), 68);
        kryo.register(WriteEntry.class, ChangeForms.writeEntry(), 69);
        kryo.register(RedactTicket.class, ChangeSerializer.ofNothing(new RedactTicket()), 70);
    }

    /** The registered class of that id; null when there is none. */
    static @Nullable Class<?> typeOf(Kryo kryo, int id) {
        Registration registration = kryo.getRegistration(id);
        return registration == null ? null : registration.getType();
    }

    private static RecordSerializer<LogEntry.Opening> opening() {
        return new SingleFieldSerializer<>(
                OPENING,
                "origin",
                LogEntry.Opening::origin,
                WireOutput::wholeOrigin,
                WireInput::wholeOrigin,
                LogEntry.Opening::new);
    }

    private static RecordSerializer<LogEntry.ClockBound> clockBound() {
        return new SingleFieldSerializer<>(
                CLOCK_BOUND,
                "bound",
                LogEntry.ClockBound::bound,
                WireOutput::time,
                WireInput::time,
                LogEntry.ClockBound::new);
    }

    private static RecordSerializer<LogEntry.Caught> caught() {
        return new SingleFieldSerializer<>(
                CAUGHT,
                "version",
                LogEntry.Caught::version,
                (output, version) -> output.vector(version, null),
                input -> input.vector(null),
                LogEntry.Caught::new);
    }
}
