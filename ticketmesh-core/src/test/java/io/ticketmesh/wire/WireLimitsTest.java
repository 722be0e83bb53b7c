package io.ticketmesh.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.Written;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.RandomTickets;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireLimitsTest {
    private final WireCodec codec = new WireCodec();

    @Test
    void anOperationMayTakeAMebibyteAndNoMore() {
        int others = WireCodec.MAX_BYTES / 2 - codec.encodeOperation(weighing(WireCodec.MAX_BYTES / 2)).length;
        Operation largest = weighing(WireCodec.MAX_BYTES + others);
        byte[] bytes = codec.encodeOperation(largest);
        assertThat(bytes).hasSize(WireCodec.MAX_BYTES);
        assertThat(codec.encodeEntry(largest)).isEqualTo(bytes);
        assertThat(codec.decodeEntry(bytes)).isEqualTo(largest);

        Operation larger = weighing(WireCodec.MAX_BYTES + others + 1);
        assertThatThrownBy(() -> codec.encodeOperation(larger))
                .isInstanceOfSatisfying(TooLargeException.class, tooLarge -> {
                    assertThat(tooLarge.code()).isEqualTo("too-large");
                    assertThat(tooLarge.limit()).contains((long) WireCodec.MAX_BYTES);
                })
                .hasMessage("changes takes more than 1048576 bytes in all");
        assertThatThrownBy(() -> codec.encodeEntry(weighing(20_000_000))).isInstanceOf(TooLargeException.class);
    }

    @Test
    void aTicketMayTakeSixtyFourTimesAsMuch() {
        Ticket large = described(60_000_000);
        assertThat(codec.decodeTicket(codec.encodeTicket(large))).isEqualTo(large);
        assertThatThrownBy(() -> codec.encodeTicket(described(68_000_000))).isInstanceOf(TooLargeException.class);
    }

    @Test
    void afterALargeValueSmallOnesGoOn() {
        codec.encodeTicket(described(3_000_000));
        Ticket small = GoldenValues.freshTicket();
        assertThat(codec.decodeTicket(codec.encodeTicket(small))).isEqualTo(small);
    }

    @Test
    void aTicketThatWasJustCreatedIsSmall() {
        assertThat(codec.encodeTicket(GoldenValues.freshTicket()).length).isBetween(450, 600);
    }

    @Test
    void halfASurrogatePairHasNoEncoding() {
        for (String half : List.of("\uD83D", "\uDE00", "a\uD83D b", "\uDE00\uD83D")) {
            Operation operation = GoldenValues.operation(
                    GoldenValues.ALICE_1, 1, 0, VersionVector.EMPTY, new SetStatus(new Status(half)));
            assertThatThrownBy(() -> codec.encodeOperation(operation))
                    .isInstanceOfSatisfying(
                            InvalidChangeException.class,
                            invalid -> assertThat(invalid.code()).isEqualTo("not-unicode"));
        }
    }

    @Test
    void threadsShareACodec() throws Exception {
        Together.run(6, seed -> {
            RandomTickets random = new RandomTickets(seed);
            for (int i = 0; i < 300; i++) {
                Ticket ticket = random.ticket();
                Operation operation = random.operation();
                byte[] bytes = codec.encodeTicket(ticket);
                assertThat(codec.decodeOperation(codec.encodeOperation(operation)))
                        .isEqualTo(operation);
                assertThat(codec.decodeTicket(bytes)).isEqualTo(ticket);
            }
        });
    }

    private static Operation weighing(int bytes) {
        return GoldenValues.operation(
                GoldenValues.ALICE_1, 1, 0, VersionVector.EMPTY, new UnknownChange(500, Bytes.of(new byte[bytes])));
    }

    private static Ticket described(int chars) {
        Ticket ticket = GoldenValues.freshTicket();
        Written<String> text = new Written<>("x".repeat(chars), ticket.birth().trace());
        return ticket.withDescription(new ConflictRegister<>(List.of(text)));
    }
}
