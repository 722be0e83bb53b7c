package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventHubTest {
    private static final long MISSED = -1;

    private final EventHub hub = new EventHub();

    @AfterEach
    void close() {
        hub.close();
    }

    private static TicketEvent event(long number) {
        return new TicketEvent.Adopted(Ticket.unborn(new TicketId(0, number)));
    }

    private void publish(long first, long last) {
        List<TicketEvent> events = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            events.add(event(number));
        }
        hub.publish(events, List.of());
    }

    /** Writes down what it hears, once its gate is open. */
    private static final class Diary implements EventListener {
        final CountDownLatch gate;
        final CountDownLatch called = new CountDownLatch(1);
        final BlockingQueue<Long> heard = new LinkedBlockingQueue<>();

        Diary(int shut) {
            gate = new CountDownLatch(shut);
        }

        @Override
        public void ticketChanged(TicketEvent event) {
            called.countDown();
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            heard.add(event.ticketId().low());
        }

        @Override
        public void eventsMissed() {
            heard.add(MISSED);
        }

        List<Long> hear(int count) throws InterruptedException {
            List<Long> numbers = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                Long next = heard.poll(20, TimeUnit.SECONDS);
                assertThat(next).as("event %s of %s", number, count).isNotNull();
                numbers.add(next);
            }
            return numbers;
        }
    }

    @Test
    void eventsComeInTheirOrderFromTheSubscriptionOn() throws InterruptedException {
        publish(1, 1);
        Diary diary = new Diary(0);
        hub.subscribe(diary);
        publish(2, 4);
        publish(5, 5);

        assertThat(diary.hear(4)).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void aSlowListenerIsToldAndThenHearsNothingOlder() throws InterruptedException {
        Diary slow = new Diary(1);
        hub.subscribe(slow);
        publish(1, 1);
        slow.called.await();
        publish(2, Subscriber.CAPACITY + 1L); // full
        publish(Subscriber.CAPACITY + 2L, Subscriber.CAPACITY + 3L); // one too many, and one more
        slow.gate.countDown();

        assertThat(slow.hear(4)).containsExactly(1L, MISSED, Subscriber.CAPACITY + 2L, Subscriber.CAPACITY + 3L);
        publish(7, 7);
        assertThat(slow.hear(1)).containsExactly(7L);
    }

    @Test
    void aSlowListenerHoldsUpNobodyElse() throws InterruptedException {
        Diary slow = new Diary(1);
        Diary quick = new Diary(0);
        hub.subscribe(slow);
        hub.subscribe(quick);
        publish(1, 3);

        assertThat(quick.hear(3)).containsExactly(1L, 2L, 3L);
        assertThat(slow.heard).isEmpty();
        slow.gate.countDown();
        assertThat(slow.hear(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aListenerThatThrowsStaysSubscribed() throws InterruptedException {
        BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
        hub.subscribe(event -> {
            heard.add(event.ticketId().low());
            Thread.currentThread().interrupt();
            EventHubTest.<RuntimeException>sneak(
                    switch ((int) event.ticketId().low()) {
                        case 1 -> new IllegalStateException("listener");
                        case 2 -> new AssertionError("listener");
                        default -> new java.io.IOException("not declared, as from Kotlin");
                    });
        });
        publish(1, 4);

        for (long number = 1; number <= 4; number++) {
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(number);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void afterTheEndOfASubscriptionNothingMoreIsHeard() throws InterruptedException {
        Diary ended = new Diary(0);
        Diary other = new Diary(0);
        Subscription subscription = hub.subscribe(ended);
        hub.subscribe(other);
        publish(1, 1);
        ended.hear(1);
        subscription.close();
        subscription.close();
        publish(2, 2);

        assertThat(other.hear(2)).containsExactly(1L, 2L);
        assertThat(ended.heard).isEmpty();
    }

    @Test
    void whatWasPublishedBeforeTheCloseIsDelivered() throws InterruptedException {
        Diary diary = new Diary(0);
        hub.subscribe(diary);
        publish(1, 100);
        hub.close();
        publish(101, 101);

        assertThat(diary.hear(100)).hasSize(100);
        assertThat(diary.heard).isEmpty();
        hub.subscribe(diary).close();
    }

    @Test
    void aListenerThatNeverReturnsHoldsUpNoClose() throws InterruptedException {
        Diary stuck = new Diary(1);
        hub.subscribe(stuck);
        publish(1, 2);
        stuck.called.await();

        long before = System.nanoTime();
        hub.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        stuck.gate.countDown();
        assertThat(stuck.hear(1)).containsExactly(1L);
    }

    @Test
    void aListenerMayCloseTheHub() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        hub.subscribe(event -> {
            hub.close();
            closed.countDown();
        });
        publish(1, 1);

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
