package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.ContentHash;

/** The form of the message that asks for a part of the bytes of an attachment. */
final class BlobRequestForm extends MessageForm<Message.BlobRequest> {
    private static final int HASH = 1;
    private static final int POSITION = 2;
    private static final int LENGTH = 3;

    BlobRequestForm() {
        super(MessageTypes.BLOB_REQUEST, Message.BlobRequest.class);
    }

    @Override
    int lastTag() {
        return LENGTH;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.BlobRequest message) {
        BlobParts.writeHash(output, HASH, message.hash());
        BlobParts.writePosition(output, POSITION, message.position());
        output.open(LENGTH);
        output.unsigned(message.length());
        output.closeFrame();
    }

    @Override
    Message.BlobRequest readFields(Kryo kryo, WireInput input) {
        ContentHash hash = BlobParts.readHash(input, HASH);
        long position = BlobParts.readPosition(input, POSITION);
        input.openRequired(LENGTH, "length");
        int length = input.number(Message.BlobPart.MAX_BYTES);
        input.closeFrame();
        return new Message.BlobRequest(hash, position, length);
    }
}
