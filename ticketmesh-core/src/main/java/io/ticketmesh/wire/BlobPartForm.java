package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.ContentHash;

/** The form of the message that brings a part of the bytes of an attachment. */
final class BlobPartForm extends MessageForm<Message.BlobPart> {
    private static final int HASH = 1;
    private static final int POSITION = 2;
    private static final int CONTENT = 3;

    BlobPartForm() {
        super(MessageTypes.BLOB_PART, Message.BlobPart.class);
    }

    @Override
    int lastTag() {
        return CONTENT;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.BlobPart message) {
        BlobParts.writeHash(output, HASH, message.hash());
        BlobParts.writePosition(output, POSITION, message.position());
        output.open(CONTENT);
        output.bytes(message.content());
        output.closeFrame();
    }

    @Override
    Message.BlobPart readFields(Kryo kryo, WireInput input) {
        ContentHash hash = BlobParts.readHash(input, HASH);
        long position = BlobParts.readPosition(input, POSITION);
        input.openRequired(CONTENT, "content");
        byte[] content = input.rest(Message.BlobPart.MAX_BYTES);
        if (content == null) {
            throw input.malformed("A part has more than " + Message.BlobPart.MAX_BYTES + " bytes");
        }
        input.closeFrame();
        return new Message.BlobPart(hash, position, Bytes.of(content));
    }
}
