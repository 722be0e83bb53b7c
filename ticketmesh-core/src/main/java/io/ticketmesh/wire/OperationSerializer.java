package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an operation, which is canonical: an operation has one encoding, and bytes that are accepted are encoded again to
 * the same bytes. Fields with their defaults are left out, numbers and origins have their shortest form, vectors are sorted.
 *
 * <p>A change is its kind, its length and its body. A body that this version does not encode to the same bytes again, for
 * whatever reason, becomes an {@link UnknownChange}: no replica rejects, shortens or half applies what a newer one wrote.
 */
final class OperationSerializer extends RecordSerializer<Operation> {
    private static final int ID = 1;
    private static final int TICKET = 2;
    private static final int TIME = 3;
    private static final int AT_MILLIS = 4;
    private static final int ACTOR = 5;
    private static final int SEEN = 6;
    private static final int REQUEST = 7;
    private static final int CHANGES = 8;

    OperationSerializer() {
        super(WireIds.OPERATION);
    }

    @Override
    int lastTag() {
        return CHANGES;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Operation operation) {
        Origin origin = operation.id().origin();
        output.open(ID);
        output.wholeOrigin(origin);
        output.unsigned(operation.id().sequence());
        output.closeFrame();
        output.open(TICKET);
        output.ticketId(operation.ticket());
        output.closeFrame();
        output.open(TIME);
        output.time(operation.time());
        output.closeFrame();
        long later = operation.atMillis() - operation.time().millis();
        if (later != 0) {
            output.open(AT_MILLIS);
            output.signed(later);
            output.closeFrame();
        }
        if (!operation.actor().isEmpty()) {
            output.textField(ACTOR, operation.actor());
        }
        if (!operation.seen().isEmpty()) {
            output.open(SEEN);
            output.vector(operation.seen(), origin);
            output.closeFrame();
        }
        RequestKey request = operation.request();
        if (request != null) {
            output.open(REQUEST);
            output.requestKey(request);
            output.closeFrame();
        }
        if (!operation.changes().isEmpty()) {
            output.open(CHANGES);
            operation.changes().forEach(change -> writeChange(kryo, output, change));
            output.closeFrame();
        }
        output.bytes(operation.unknownFields());
    }

    @Override
    Operation readFields(Kryo kryo, WireInput input) {
        input.openRequired(ID, "id");
        Origin origin = input.wholeOrigin();
        OperationId id = new OperationId(origin, input.sequence());
        input.closeFrame();
        input.openRequired(TICKET, "ticket");
        TicketId ticket = input.ticketId();
        input.closeFrame();
        input.openRequired(TIME, "time");
        HybridTimestamp time = input.time();
        input.closeFrame();
        long atMillis = time.millis();
        if (input.open(AT_MILLIS)) {
            atMillis += input.signed();
            refuseDefault(input, atMillis == time.millis());
            input.closeFrame();
        }
        String actor = "";
        if (input.open(ACTOR)) {
            actor = input.characters();
            refuseDefault(input, actor.isEmpty());
            input.closeFrame();
        }
        VersionVector seen = VersionVector.EMPTY;
        if (input.open(SEEN)) {
            seen = input.vector(origin);
            refuseDefault(input, seen.isEmpty());
            input.closeFrame();
        }
        RequestKey request = null;
        if (input.open(REQUEST)) {
            request = input.requestKey();
            input.closeFrame();
        }
        List<Change> changes = List.of();
        if (input.open(CHANGES)) {
            changes = readChanges(kryo, input);
            refuseDefault(input, changes.isEmpty());
            input.closeFrame();
        }
        Bytes unknownFields = input.since(input.skipUnknown(CHANGES));
        return new Operation(id, time, atMillis, actor, ticket, seen, request, changes, unknownFields);
    }

    /** The ticket of the encoded operation that begins here. */
    static TicketId ticketOf(WireInput input) {
        input.startRecord(WireIds.OPERATION);
        input.openRequired(ID, "id");
        input.skipRest();
        input.closeFrame();
        input.openRequired(TICKET, "ticket");
        TicketId ticket = input.ticketId();
        input.closeFrame();
        return ticket;
    }

    private static void refuseDefault(WireInput input, boolean isDefault) {
        if (isDefault) {
            throw input.malformed("A field holds its default, which is not written");
        }
    }

    private static void writeChange(Kryo kryo, WireOutput output, Change change) {
        if (change instanceof UnknownChange unknown) {
            output.unsigned(unknown.kind());
            output.openFrame();
            output.bytes(unknown.body());
        } else {
            output.unsigned(kryo.getRegistration(change.getClass()).getId());
            output.openFrame();
            kryo.writeObject(output, change);
        }
        output.closeFrame();
    }

    private static List<Change> readChanges(Kryo kryo, WireInput input) {
        List<Change> changes = new ArrayList<>();
        while (input.hasMore()) {
            int kind = input.number(Integer.MAX_VALUE);
            input.openFrame();
            changes.add(readChange(kryo, input, kind));
            input.closeFrame();
        }
        return changes;
    }

    private static Change readChange(Kryo kryo, WireInput input, int kind) {
        int start = input.position();
        Class<?> type = WireIds.typeOf(kryo, kind);
        Change change = type == null || !Change.class.isAssignableFrom(type)
                ? null
                : readKnown(kryo, input, type.asSubclass(Change.class));
        if (change == null) {
            input.skipRest();
            change = new UnknownChange(kind, input.since(start));
        }
        return change;
    }

    /** The change; null, and nothing read, when this version would write it otherwise. */
    private static @Nullable Change readKnown(Kryo kryo, WireInput input, Class<? extends Change> type) {
        int start = input.position();
        int end = input.limit();
        int depth = input.depth();
        try {
            Change change = kryo.readObject(input, type);
            WireOutput again = input.scratch();
            kryo.writeObject(again, change);
            if (input.position() == end && input.equalsScratch(start)) {
                return change;
            }
        } catch (RuntimeException newer) {
            // Limits, variants or fields of a newer version: kept by the caller.
        }
        input.rewind(start, end, depth);
        return null;
    }
}
