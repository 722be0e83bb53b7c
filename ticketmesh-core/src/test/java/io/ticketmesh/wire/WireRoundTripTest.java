package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.RandomTickets;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WireRoundTripTest {
    private final WireCodec codec = new WireCodec();
    private final RandomTickets random = new RandomTickets(20_261);

    @Test
    void operationsComeBack() {
        comesBack(3_000, random::operation, codec::encodeOperation, codec::decodeOperation);
    }

    @Test
    void ticketsComeBack() {
        comesBack(1_500, random::ticket, codec::encodeTicket, codec::decodeTicket);
    }

    @Test
    void commentsComeBack() {
        comesBack(1_000, random::comment, codec::encodeComment, codec::decodeComment);
    }

    @Test
    void tombstonesComeBack() {
        comesBack(500, random::tombstone, codec::encodeTombstone, codec::decodeTombstone);
    }

    @Test
    void receiptsComeBack() {
        comesBack(500, random::receipt, codec::encodeReceipt, codec::decodeReceipt);
    }

    @Test
    void versionsComeBack() {
        comesBack(500, random::version, codec::encodeVersion, codec::decodeVersion);
    }

    @Test
    void logEntriesComeBack() {
        comesBack(1_000, random::entry, codec::encodeEntry, codec::decodeEntry);
    }

    @Test
    void ofALogEntryTheTicketCanBeReadAlone() {
        for (int i = 0; i < 1_000; i++) {
            LogEntry entry = random.entry();
            assertThat(codec.peekTicket(codec.encodeEntry(entry))).isEqualTo(ticketOf(entry));
        }
    }

    @Test
    void anOperationHasTheSameBytesInTheLogAndAlone() {
        Operation operation = random.operation();
        assertThat(codec.encodeEntry(operation)).isEqualTo(codec.encodeOperation(operation));
    }

    @Test
    void everyKindOfChangeComesBack() {
        List<Change> everyKind = random.changes().ofEveryKind();
        Set<Class<?>> kinds = new HashSet<>();
        everyKind.forEach(change -> kinds.add(change.getClass()));
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(concrete(Change.class));

        Operation some = random.operation();
        Operation all = new Operation(
                some.id(),
                some.time(),
                some.atMillis(),
                some.actor(),
                some.ticket(),
                some.seen(),
                some.request(),
                everyKind,
                Bytes.EMPTY);
        assertThat(codec.decodeOperation(codec.encodeOperation(all)).changes()).isEqualTo(everyKind);
    }

    @Test
    void theStateOfATicketComesBackWithCommentsAndHistory() {
        TicketState.Living living = random.living();
        LogEntry.Adopted adopted = new LogEntry.Adopted(living);
        assertThat(codec.decodeEntry(codec.encodeEntry(adopted))).isEqualTo(adopted);
        Ticket again = ((TicketState.Living) ((LogEntry.Adopted) codec.decodeEntry(codec.encodeEntry(adopted))).state())
                .ticket();
        assertThat(again.fingerprint()).isEqualTo(living.ticket().fingerprint());
    }

    private static Optional<TicketId> ticketOf(LogEntry entry) {
        if (entry instanceof Operation operation) {
            return Optional.of(operation.ticket());
        }
        return entry instanceof LogEntry.Adopted adopted
                ? Optional.of(adopted.state().id())
                : Optional.empty();
    }

    static Set<Class<?>> concrete(Class<?> type) {
        Set<Class<?>> found = new HashSet<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                found.addAll(concrete(permitted));
            } else {
                found.add(permitted);
            }
        }
        assertThat(found).isNotEmpty().doesNotContain(CommentChange.class);
        return found;
    }

    private static <T> void comesBack(
            int times, Supplier<T> values, Function<T, byte[]> encode, Function<byte[], T> decode) {
        for (int i = 0; i < times; i++) {
            T value = values.get();
            byte[] bytes = encode.apply(value);
            T again = decode.apply(bytes);
            assertThat(again).isEqualTo(value);
            assertThat(encode.apply(again)).isEqualTo(bytes);
        }
    }
}
