package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.regex.Pattern;

/** Says that bytes belong to the ticket; they are stored before this is accepted. */
public record AddAttachment(AttachmentId id, Attachment attachment) implements Change {
    /** The most attachments of one ticket. */
    public static final int MAX_ATTACHMENTS = 20;

    /** A media type without parameters, as RFC 6838 names them. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-zA-Z0-9][\\w!#$&^.+-]*/[a-zA-Z0-9][\\w!#$&^.+-]*");

    public AddAttachment {
        String name = Texts.line("name", attachment.name(), Attachment.MAX_NAME_CHARS);
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.equals(".") || name.equals("..")) {
            throw new InvalidChangeException("name", "not-a-file-name", "is not the name of a file", null);
        }
        if (attachment.size() < 0 || attachment.size() > Attachment.MAX_BYTES) {
            throw new InvalidChangeException(
                    "size",
                    "too-large",
                    "is " + attachment.size() + ", not 0 to " + Attachment.MAX_BYTES + " bytes",
                    Attachment.MAX_BYTES);
        }
        String type = Texts.line("mediaType", attachment.mediaType(), Attachment.MAX_MEDIA_TYPE_CHARS);
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new InvalidChangeException("mediaType", "not-a-media-type", "is not like 'image/png'", null);
        }
        attachment = new Attachment(name, attachment.size(), attachment.hash(), type);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withAttachments(ticket.attachments().put(id, attachment, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.attachments().contains(id)) {
            throw new InvalidChangeException("id", "exists", "names an attachment that exists already", null);
        }
        requireRoom(ticket);
    }

    /**
     * @throws InvalidChangeException when the ticket has as many as it may have
     */
    public static void requireRoom(Ticket ticket) {
        if (ticket.attachments().size() >= MAX_ATTACHMENTS) {
            throw new InvalidChangeException(
                    "attachments", "too-many", "has " + MAX_ATTACHMENTS + ", which is the most", (long)
                            MAX_ATTACHMENTS);
        }
    }
}
