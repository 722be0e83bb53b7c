package io.ticketmesh.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.TicketId;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final TicketId PRINTER = TicketId.timeOrdered(1, 0, 0);
    private static final TicketId MOUSE = TicketId.timeOrdered(2, 0, 0);
    private static final TicketId SCREEN = TicketId.timeOrdered(3, 0, 0);

    private final Agenda agenda = new Agenda(2);

    private TicketId take(long nowMillis) {
        return agenda.take(nowMillis).ticket();
    }

    @Test
    void theEarliestComesFirstAndNothingBeforeItsTime() {
        agenda.put(PRINTER, 20, 20);
        agenda.put(MOUSE, 10, 10);

        assertThat(agenda.take(9)).isNull();
        assertThat(take(20)).isEqualTo(MOUSE);
        assertThat(take(20)).isEqualTo(PRINTER);
        assertThat(agenda.take(Long.MAX_VALUE)).isNull();
    }

    @Test
    void aTicketHasOnePlace() {
        agenda.put(PRINTER, 10, 10);
        agenda.put(PRINTER, 30, 30);
        assertThat(agenda.take(20)).isNull();
        agenda.remove(PRINTER);
        assertThat(agenda.take(40)).isNull();
        assertThat(agenda.size()).isZero();
    }

    @Test
    void whatDoesNotFitIsTheLatestAndTheHorizonSaysSo() {
        agenda.put(PRINTER, 10, 10);
        agenda.put(MOUSE, 30, 30);
        assertThat(agenda.horizon()).isEqualTo(Long.MAX_VALUE);
        agenda.put(SCREEN, 20, 20);

        assertThat(agenda.horizon()).isEqualTo(30);
        assertThat(agenda.size()).isEqualTo(2);
        assertThat(take(100)).isEqualTo(PRINTER);
        assertThat(take(100)).isEqualTo(SCREEN);
        agenda.beginAnew();
        assertThat(agenda.horizon()).isEqualTo(Long.MAX_VALUE);
    }
}
