package io.ticketmesh.spring.rest;

import io.ticketmesh.attachment.Attachments;
import io.ticketmesh.attachment.StoredBytes;
import io.ticketmesh.json.AttachmentJson;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Upload.Taken;
import io.ticketmesh.spring.rest.Writes.Done;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.AttachmentView;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.RemoveAttachment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is attached to a ticket. The list has the entity tag of the ticket, the bytes have one of their own: their hash. */
final class AttachmentResource {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Desk desk;

    AttachmentResource(Desk desk) {
        this.desk = desk;
    }

    Reply list(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        if (call.holds(ticket.etag())) {
            return Reply.empty(304).tagged(ticket.etag());
        }
        return Reply.json(200, json -> {
                    json.startObject().startArray("items");
                    ticket.attachments().forEach(attachment -> AttachmentJson.write(json, attachment));
                    json.endArray().endObject();
                })
                .tagged(ticket.etag());
    }

    /** Stores the bytes first, then says that they belong to the ticket. Whoever may not do that is told before anything is stored. */
    Reply add(Call call) throws IOException {
        try {
            return added(call);
        } catch (RuntimeException refused) {
            Bodies.drain(call.servlet()); // so that the client reads why
            throw refused;
        }
    }

    private Reply added(Call call) throws IOException {
        Attachments attachments = desk.node().attachments();
        Upload upload = new Upload(call, attachments.options().maxBytes());
        call.parameters().requireAllKnown();
        TicketId ticket = call.ticket();
        call.rights().requireAttaching(ticket);
        IdempotencyKey begun = IdempotencyKey.ofStream(call, "POST /tickets/" + ticket + "/attachments");
        AttachmentId id = begun == null ? attachments.newId() : begun.attachmentId();
        Taken<StoredBytes> taken = upload.take(
                name -> requireTakes(attachments, desk.service().get(ticket), id, name), attachments::store);
        Attachment file = taken.value().named(taken.name());
        IdempotencyKey key = begun == null ? null : begun.of(file.hash().toString() + " " + file.name());
        Proposal proposal = Proposal.of(ticket, call.actor(), List.of(new AddAttachment(id, file)))
                .expecting(call.expected());
        Done done = desk.writes().perform(call.permitted(proposal), key, call.acknowledgement());
        AttachmentView added = done.ticket().attachment(id);
        return done.mark(Reply.json(201, json -> AttachmentJson.write(json, added))
                .tagged(done.ticket().etag())
                .with("Location", call.address(ticket) + "/attachments/" + id));
    }

    /** A repeated request finds its own attachment there, maybe as the last one that has room. */
    private static void requireTakes(Attachments attachments, TicketView ticket, AttachmentId id, String name) {
        if (!ticket.state().attachments().contains(id)) {
            attachments.requireTakes(ticket, name);
        }
    }

    Reply read(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        AttachmentView attachment = ticket.attachment(attachmentId(call));
        String etag = attachment.hash().toString();
        if (call.holds(etag)) {
            return Download.of(Reply.empty(304), attachment).tagged(etag);
        }
        ByteRange part = range(call, attachment);
        Attachments attachments = desk.node().attachments();
        attachments.require(attachment.file());
        String type = Download.contentType(attachment);
        ByteRange range = part == null ? new ByteRange(0, attachment.size() - 1) : part;
        Reply reply = Reply.streamed(
                part == null ? 200 : 206, type, range.length(), output -> send(attachments, attachment, range, output));
        Reply told = part == null ? reply : reply.with("Content-Range", part.of(attachment.size()));
        return Download.of(told, attachment).tagged(etag);
    }

    /** A range counts only for the bytes that {@code If-Range} means, which are always the same under one strong tag. */
    private static @Nullable ByteRange range(Call call, AttachmentView attachment) {
        String condition = call.singleHeader("If-Range");
        boolean counts = condition == null
                || condition.strip().equals(EntityTags.quoted(attachment.hash().toString()));
        return counts && call.method().equals("GET") ? ByteRange.of(call.header("Range"), attachment.size()) : null;
    }

    private static void send(Attachments attachments, AttachmentView attachment, ByteRange range, OutputStream output)
            throws IOException {
        try (InputStream content = attachments.open(attachment.file(), range.first())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long left = range.length();
            while (left > 0) {
                int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new IOException("The bytes " + attachment.hash() + " end too early; they are damaged");
                }
                output.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    /** Done again it succeeds again. */
    Reply remove(Call call) {
        call.parameters().requireAllKnown();
        Proposal proposal = Proposal.of(call.ticket(), call.actor(), List.of(new RemoveAttachment(attachmentId(call))))
                .expecting(call.demanded());
        Done done = desk.writes().perform(call.permitted(proposal), call.acknowledgement());
        return done.mark(Reply.empty(204).tagged(done.ticket().etag()));
    }

    private static AttachmentId attachmentId(Call call) {
        String text = call.variable("attachment");
        try {
            return AttachmentId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            throw new UnknownTicketException("attachment '" + text + "'");
        }
    }
}
