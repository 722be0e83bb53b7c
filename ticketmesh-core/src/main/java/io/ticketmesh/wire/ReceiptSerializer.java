package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.TicketId;

/** The form of the memory of a request. */
final class ReceiptSerializer extends RecordSerializer<Receipt> {
    private static final int KEY = 1;
    private static final int OPERATION = 2;
    private static final int TICKET = 3;
    private static final int AT_MILLIS = 4;

    ReceiptSerializer() {
        super(WireIds.RECEIPT);
    }

    @Override
    int lastTag() {
        return AT_MILLIS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Receipt receipt) {
        output.open(KEY);
        output.requestKey(receipt.key());
        output.closeFrame();
        output.open(OPERATION);
        output.wholeOrigin(receipt.operation().origin());
        output.unsigned(receipt.operation().sequence());
        output.closeFrame();
        output.open(TICKET);
        output.ticketId(receipt.ticket());
        output.closeFrame();
        output.open(AT_MILLIS);
        output.signed(receipt.atMillis());
        output.closeFrame();
    }

    @Override
    Receipt readFields(Kryo kryo, WireInput input) {
        input.openRequired(KEY, "key");
        RequestKey key = input.requestKey();
        input.closeFrame();
        input.openRequired(OPERATION, "operation");
        Origin origin = input.wholeOrigin();
        OperationId operation = new OperationId(origin, input.sequence());
        input.closeFrame();
        input.openRequired(TICKET, "ticket");
        TicketId ticket = input.ticketId();
        input.closeFrame();
        input.openRequired(AT_MILLIS, "atMillis");
        long atMillis = input.signed();
        input.closeFrame();
        return new Receipt(key, operation, ticket, atMillis);
    }
}
