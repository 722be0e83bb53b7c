package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A due date is a day on the calendar, and stays that day in whatever zone who reads it. */
class DueDatesTest {
    private final AtomicLong clock = new AtomicLong();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Pacific/Kiritimati, 2026-07-15T10:00:00Z",
        "America/Los_Angeles, 2026-07-16T07:00:00Z",
        "UTC, 2026-07-16T00:00:00Z",
        "Asia/Kathmandu, 2026-07-15T18:15:00Z"
    })
    void aDayEndsWhereTheDeskIs(String zone, Instant end) {
        try (TicketMesh durable = open(zone, directory);
                TicketMesh memory = open(zone, null)) {
            for (TicketMesh mesh : List.of(durable, memory)) {
                set(end.minusSeconds(86_400));
                Tickets alice = mesh.tickets("alice");
                String id = alice.create("Printer", edit -> edit.dueOn(LocalDate.parse("2026-07-15")))
                        .id()
                        .toString();
                alice.create("Done", edit -> edit.dueOn(LocalDate.parse("2026-07-15")));
                alice.transition(
                        alice.query(Lists.filtered(mesh, words -> words.query("Done")))
                                .items()
                                .get(0)
                                .id()
                                .toString(),
                        Status.CLOSED);
                alice.create("At once", edit -> edit.dueAt(end.minusSeconds(1)));
                alice.create("A moment later", edit -> edit.dueAt(end.plusSeconds(1)));
                alice.create("Next day", edit -> edit.dueOn(LocalDate.parse("2026-07-16")));
                alice.create("Never");

                set(end.minusMillis(1));
                assertThat(alice.get(id).isOverdue(now())).isFalse();
                assertThat(overdue(mesh)).containsExactly("At once");
                set(end);
                TicketView ticket = alice.get(id);
                assertThat(ticket.isOverdue(now())).isTrue();
                assertThat(ticket.overdueFrom()).isEqualTo(end);
                assertThat(ticket.dueDate()).isEqualTo("2026-07-15");
                assertThat(overdue(mesh)).containsExactlyInAnyOrder("At once", "Printer");
                assertThat(notOverdue(mesh)).containsExactlyInAnyOrder("Done", "A moment later", "Next day", "Never");
            }
        }
    }

    @Test
    void aDateReadInAnotherZoneIsThatDate() throws InterruptedException {
        try (Group group = new Group()) {
            TicketMesh ahead = group.open(builder -> builder.timeRules(rules("Pacific/Kiritimati")));
            TicketMesh behind = group.open(builder -> builder.timeRules(rules("America/Los_Angeles")));
            TicketView written = ahead.tickets().create("Printer", edit -> edit.dueOn(LocalDate.parse("2026-03-29")));
            group.converge();

            TicketView read = behind.tickets().get(written.id().toString());
            assertThat(read.dueDate()).isEqualTo(written.dueDate()).isEqualTo("2026-03-29");
            assertThat(read.dueAt()).isNull();
            assertThat(behind.digest()).isEqualTo(ahead.digest());
        }
    }

    private TicketMesh open(String zone, @org.jspecify.annotations.Nullable Path directory) {
        return TicketMesh.builder()
                .directory(directory)
                .clock(clock::get)
                .timeRules(rules(zone))
                .open();
    }

    private static TimeRules rules(String zone) {
        return TimeRules.builder().zone(ZoneId.of(zone)).build();
    }

    private static List<String> overdue(TicketMesh mesh) {
        return titles(mesh, true);
    }

    private static List<String> notOverdue(TicketMesh mesh) {
        return titles(mesh, false);
    }

    private static List<String> titles(TicketMesh mesh, boolean overdue) {
        return mesh.tickets().query(Lists.filtered(mesh, words -> words.overdue(overdue))).items().stream()
                .map(TicketView::title)
                .toList();
    }

    private void set(Instant now) {
        clock.set(now.toEpochMilli());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.get());
    }
}
