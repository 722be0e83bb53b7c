package io.ticketmesh.wire;

import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.WriteEntry;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The forms of the changes that say more than one text. Tags are never used again for something else. */
final class ChangeForms {
    private ChangeForms() {}

    static ChangeSerializer<SetAssignee> setAssignee() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    String assignee = change.assignee();
                    if (assignee != null) {
                        output.textField(1, assignee);
                    }
                },
                input -> new SetAssignee(optionalText(input, 1)));
    }

    static ChangeSerializer<SetStatus> setStatus() {
        return new ChangeSerializer<>(ChangeForms::writeStatus, ChangeForms::readStatus);
    }

    static ChangeSerializer<SetPriority> setPriority() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.open(1);
                    output.signed(change.priority().rank());
                    output.closeFrame();
                    output.textField(2, change.priority().name());
                },
                input -> {
                    input.openRequired(1, "rank");
                    int rank = Math.toIntExact(input.signed());
                    input.closeFrame();
                    return new SetPriority(new Priority(rank, input.textField(2, "name")));
                });
    }

    static ChangeSerializer<SetDue> setDue() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.open(1);
                    Dues.write(output, change.due());
                    output.closeFrame();
                },
                input -> {
                    input.openRequired(1, "due");
                    Due due = known(Dues.read(input), input);
                    input.closeFrame();
                    return new SetDue(due);
                });
    }

    static ChangeSerializer<SetCustomField> setCustomField() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.textField(1, change.key());
                    output.open(2);
                    FieldValues.write(output, change.value());
                    output.closeFrame();
                },
                input -> {
                    String key = input.textField(1, "key");
                    input.openRequired(2, "value");
                    FieldValue value = known(FieldValues.read(input), input);
                    input.closeFrame();
                    return new SetCustomField(key, value);
                });
    }

    static ChangeSerializer<AddLink> addLink() {
        return new ChangeSerializer<>(
                (output, change) -> writeLink(output, change.type(), change.target()),
                input -> readLink(input, AddLink::new));
    }

    static ChangeSerializer<RemoveLink> removeLink() {
        return new ChangeSerializer<>(
                (output, change) -> writeLink(output, change.type(), change.target()),
                input -> readLink(input, RemoveLink::new));
    }

    static ChangeSerializer<MergeInto> mergeInto() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    TicketId target = change.target();
                    if (target != null) {
                        output.open(1);
                        output.ticketId(target);
                        output.closeFrame();
                    }
                },
                input -> {
                    TicketId target = null;
                    if (input.open(1)) {
                        target = input.ticketId();
                        input.closeFrame();
                    }
                    return new MergeInto(target);
                });
    }

    static ChangeSerializer<AddComment> addComment() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    writeCommentId(output, change.id());
                    output.open(2);
                    output.unsigned(CommentKinds.numberOf(change.kind()));
                    output.closeFrame();
                    output.textField(3, change.body());
                },
                input -> {
                    CommentId id = readCommentId(input);
                    input.openRequired(2, "kind");
                    CommentKind kind = known(CommentKinds.of(input.number(Integer.MAX_VALUE)), input);
                    input.closeFrame();
                    return new AddComment(id, kind, input.textField(3, "body"));
                });
    }

    static ChangeSerializer<EditComment> editComment() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    writeCommentId(output, change.id());
                    output.textField(2, change.body());
                },
                input -> new EditComment(readCommentId(input), input.textField(2, "body")));
    }

    static ChangeSerializer<RedactComment> redactComment() {
        return new ChangeSerializer<>(
                (output, change) -> writeCommentId(output, change.id()),
                input -> new RedactComment(readCommentId(input)));
    }

    static ChangeSerializer<RecordOccurrences> recordOccurrences() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.open(1);
                    output.unsigned(change.count());
                    output.closeFrame();
                    String place = change.place();
                    if (place != null) {
                        output.textField(2, place);
                    }
                },
                input -> {
                    input.openRequired(1, "count");
                    long count = input.unsigned();
                    input.closeFrame();
                    return new RecordOccurrences(count, optionalText(input, 2));
                });
    }

    static ChangeSerializer<AddAttachment> addAttachment() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    writeAttachmentId(output, change.id());
                    output.open(2);
                    Attachments.write(output, change.attachment());
                    output.closeFrame();
                },
                input -> {
                    AttachmentId id = readAttachmentId(input);
                    input.openRequired(2, "attachment");
                    Attachment attachment = Attachments.read(input);
                    input.closeFrame();
                    return new AddAttachment(id, attachment);
                });
    }

    static ChangeSerializer<RemoveAttachment> removeAttachment() {
        return new ChangeSerializer<>(
                (output, change) -> writeAttachmentId(output, change.id()),
                input -> new RemoveAttachment(readAttachmentId(input)));
    }

    static ChangeSerializer<FireTimer> fireTimer() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.textField(1, change.timer());
                    output.open(2);
                    output.signed(change.due().toEpochMilli());
                    output.closeFrame();
                },
                input -> {
                    String timer = input.textField(1, "timer");
                    input.openRequired(2, "due");
                    Instant due = Instant.ofEpochMilli(input.signed());
                    input.closeFrame();
                    return new FireTimer(timer, due);
                });
    }

    static ChangeSerializer<WriteEntry> writeEntry() {
        return new ChangeSerializer<>(
                (output, change) -> {
                    output.textField(1, change.key());
                    String text = change.text();
                    if (text != null) {
                        output.textField(2, text);
                    }
                },
                input -> new WriteEntry(input.textField(1, "key"), optionalText(input, 2)));
    }

    private static void writeAttachmentId(WireOutput output, AttachmentId id) {
        output.open(1);
        Attachments.writeId(output, id);
        output.closeFrame();
    }

    private static AttachmentId readAttachmentId(WireInput input) {
        input.openRequired(1, "attachment");
        AttachmentId id = Attachments.readId(input);
        input.closeFrame();
        return id;
    }

    private static void writeStatus(WireOutput output, SetStatus change) {
        output.textField(1, change.status().name());
        String resolution = change.resolution();
        if (resolution != null) {
            output.textField(2, resolution);
        }
        Instant pendingUntil = change.pendingUntil();
        if (pendingUntil != null) {
            output.open(3);
            output.signed(pendingUntil.toEpochMilli());
            output.closeFrame();
        }
    }

    private static SetStatus readStatus(WireInput input) {
        Status status = new Status(input.textField(1, "status"));
        String resolution = optionalText(input, 2);
        Instant pendingUntil = null;
        if (input.open(3)) {
            pendingUntil = Instant.ofEpochMilli(input.signed());
            input.closeFrame();
        }
        return new SetStatus(status, resolution, pendingUntil);
    }

    private static void writeLink(WireOutput output, LinkType type, TicketId target) {
        output.textField(1, type.name());
        output.textField(2, type.inverse());
        output.open(3);
        output.ticketId(target);
        output.closeFrame();
    }

    private static <C> C readLink(WireInput input, BiFunction<LinkType, TicketId, C> make) {
        LinkType type = new LinkType(input.textField(1, "type"), input.textField(2, "inverse"));
        input.openRequired(3, "target");
        TicketId target = input.ticketId();
        input.closeFrame();
        return make.apply(type, target);
    }

    private static void writeCommentId(WireOutput output, CommentId id) {
        output.open(1);
        output.commentId(id);
        output.closeFrame();
    }

    private static CommentId readCommentId(WireInput input) {
        input.openRequired(1, "comment");
        CommentId id = input.commentId();
        input.closeFrame();
        return id;
    }

    private static @Nullable String optionalText(WireInput input, int tag) {
        if (!input.open(tag)) {
            return null;
        }
        String text = input.characters();
        input.closeFrame();
        return text;
    }

    private static <V> V known(@Nullable V value, WireInput input) {
        if (value == null) {
            throw input.malformed("A variant is not known here");
        }
        return value;
    }
}
