package io.ticketmesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
    private static final PageCursor CURSOR =
            new PageCursor(7, List.of(-1L, Long.MAX_VALUE, 0L), TicketId.timeOrdered(1, 2, 3), true);

    @Test
    void aCursorIsReadAsItIsWritten() {
        assertThat(PageCursor.parse(CURSOR.toString())).isEqualTo(CURSOR);
        assertThat(CURSOR.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void oneThatWasTamperedWithIsRefused() {
        String text = CURSOR.toString();
        for (String bad : List.of(
                text.substring(1),
                text + "A",
                text.substring(0, text.length() - 1),
                "B" + text.substring(1),
                text + "=")) {
            assertThatThrownBy(() -> PageCursor.parse(bad)).isInstanceOf(InvalidChangeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AQAB", "AQAE", "null"})
    void whatIsNoCursorIsRefused(String text) {
        assertThatThrownBy(() -> PageCursor.parse(text)).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        TicketQuery query = TicketQuery.newest(10);
        PageCursor cursor = query.after(Ticket.unborn(TicketId.timeOrdered(1, 2, 3)));

        assertThat(query.at(cursor).cursor()).isEqualTo(cursor);
        assertThatThrownBy(() -> TicketQuery.of(TicketFilter.EVERYTHING, 10).at(cursor))
                .isInstanceOf(InvalidChangeException.class);
        SortKey oldest = new SortKey(SortKey.By.CREATED, false);
        assertThatThrownBy(() -> new TicketQuery(TicketFilter.LIVING, List.of(oldest), 10, cursor, true, false))
                .isInstanceOf(InvalidChangeException.class);
    }
}
