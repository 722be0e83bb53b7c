package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.AmbiguousReferenceException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.CreateTicket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReferencesTest {
    private final TicketMesh mesh = TicketMesh.builder().open();
    private final Tickets tickets = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    private static TicketId id(long number) {
        return TicketId.timeOrdered(1_767_225_600_000L, 0, number);
    }

    private static TicketId firstWithKey(Predicate<String> wanted) {
        return LongStream.iterate(0, number -> number + 1)
                .mapToObj(ReferencesTest::id)
                .filter(id -> wanted.test(bare(id)))
                .findFirst()
                .orElseThrow();
    }

    private static String bare(TicketId id) {
        return id.key().toString().substring(3);
    }

    private void create(TicketId id) {
        mesh.service()
                .propose(Proposal.of(id, "alice", List.of(new CreateTicket("Ticket"))))
                .join();
    }

    @Test
    void aTicketIsFoundByWhatPeopleWrite() {
        TicketId id = firstWithKey(key -> key.contains("0") && key.contains("1"));
        create(id);
        String key = id.key().toString();

        for (String reference : List.of(
                id.toString(),
                id.toString().toUpperCase(Locale.ROOT),
                key,
                key.toLowerCase(Locale.ROOT),
                bare(id),
                bare(id).replace('0', 'O').replace('1', 'I'),
                bare(id).replace('0', 'o').replace('1', 'l'),
                bare(id).substring(0, 4),
                key.substring(0, 8))) {
            assertThat(tickets.get(reference).id()).as(reference).isEqualTo(id);
        }
    }

    @Test
    void threeCharactersAreTooFew() {
        TicketId id = id(1);
        create(id);

        assertThatThrownBy(() -> tickets.get(bare(id).substring(0, 3))).isInstanceOf(UnknownTicketException.class);
        assertThatThrownBy(() -> tickets.get(bare(id) + "0")).isInstanceOf(UnknownTicketException.class);
        assertThatThrownBy(() -> tickets.get("TM-")).isInstanceOf(UnknownTicketException.class);
    }

    @Test
    void anAmbiguousBeginningIsAnsweredWithItsCandidates() {
        Map<String, TicketId> byBeginning = new HashMap<>();
        TicketId first = null;
        TicketId second = null;
        for (long number = 0; first == null; number++) {
            second = id(number);
            first = byBeginning.putIfAbsent(bare(second).substring(0, 4), second);
        }
        create(first);
        String beginning = bare(first).substring(0, 4);
        assertThat(tickets.get(beginning).id()).isEqualTo(first);
        create(second);

        AmbiguousReferenceException ambiguous =
                catchThrowableOfType(AmbiguousReferenceException.class, () -> tickets.get(beginning));
        assertThat(ambiguous.candidates()).containsExactlyInAnyOrder(first, second);
        assertThatThrownBy(() -> tickets.find(beginning)).isInstanceOf(AmbiguousReferenceException.class);
    }
}
