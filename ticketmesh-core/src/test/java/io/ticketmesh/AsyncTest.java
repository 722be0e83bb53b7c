package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.node.UnansweredException;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncTest {
    private final TicketMesh mesh = TicketMesh.builder().open();
    private final Tickets tickets = mesh.tickets("alice");

    @AfterEach
    void close() {
        mesh.close();
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletionStage<?> stage) throws Exception {
        return result(stage.handle((value, failure) -> failure));
    }

    @Test
    void aStageCompletesWhenTheWriteShows() throws Exception {
        TicketView ticket = result(tickets.createAsync("Printer", edit -> edit.tag("fire")));

        assertThat(tickets.get(ticket.id().toString()).tags()).containsExactly("fire");
        assertThat(result(tickets.changeAsync(ticket.id().toString(), edit -> edit.title("Out"))).title())
                .isEqualTo("Out");
    }

    /** On the replica thread this would wait for itself. */
    @Test
    void whatFollowsAStageMayWaitForOtherWrites() throws Exception {
        CompletionStage<TicketView> followed = tickets.createAsync("Printer", edit -> {})
                .thenApply(ticket -> tickets.tag(ticket.id().toString(), "waited"));

        assertThat(result(followed).tags()).containsExactly("waited");
    }

    @Test
    void allThatGoesWrongGoesIntoTheStage() throws Exception {
        String id = tickets.create("Printer").id().toString();

        assertThat(failure(tickets.createAsync(" ", edit -> {}))).isInstanceOf(InvalidChangeException.class);
        assertThat(failure(tickets.changeAsync("TM-ZZZZZZZZ", edit -> {}))).isInstanceOf(UnknownTicketException.class);
        assertThat(failure(tickets.changeAsync(id, edit -> edit.type("unheard-of"))))
                .isInstanceOf(InvalidChangeException.class);
        assertThat(failure(tickets.changeAsync(id, edit -> {
                    throw new IllegalStateException("in the lambda");
                })))
                .hasMessage("in the lambda");
    }

    @Test
    void aStageThatTheCallerCompletesDisturbsNobody() throws Exception {
        CompletableFuture<TicketView> mine =
                tickets.createAsync("Printer", edit -> {}).toCompletableFuture();
        mine.cancel(true);

        assertThat(result(tickets.createAsync("Next", edit -> {})).title()).isEqualTo("Next");
        assertThat(tickets.counts().living()).isEqualTo(2);
    }

    /** A node whose replica thread waits until it is released, as if its disk were slow. */
    private static TicketMesh slow(CountDownLatch release, Duration timeout) {
        return TicketMesh.open(builder -> builder.timeout(timeout).transport(origin -> new Transport() {
            @Override
            public void start(TransportListener listener) {}

            @Override
            public void send(Outgoing message) {
                try {
                    release.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }

            @Override
            public void close() {}
        }));
    }

    @Test
    void anInterruptedCallerIsToldThatItsWriteIsOpen() {
        CountDownLatch release = new CountDownLatch(1);
        try (TicketMesh slow = slow(release, Duration.ofSeconds(30))) {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> slow.tickets().create("Printer"))
                        .isInstanceOf(UnansweredException.class)
                        .hasMessageContaining("open");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            } finally {
                Thread.interrupted();
                release.countDown();
            }
            slow.tickets().create("Next");
            assertThat(slow.tickets().counts().living()).isEqualTo(2);
        }
    }

    @Test
    void aCallerWaitsNoLongerThanItSaid() {
        CountDownLatch release = new CountDownLatch(1);
        try (TicketMesh slow = slow(release, Duration.ofMillis(20))) {
            assertThatThrownBy(() -> slow.tickets().create("Printer"))
                    .isInstanceOf(UnansweredException.class)
                    .hasMessageContaining("PT0.02S");
            release.countDown();
        }
    }

    @Test
    void aTimeoutMayBeLongerThanTimeCanBeCounted() {
        try (TicketMesh patient = TicketMesh.open(builder -> builder.timeout(Duration.ofSeconds(Long.MAX_VALUE)))) {
            assertThat(patient.tickets().create("Printer").title()).isEqualTo("Printer");
        }
    }
}
