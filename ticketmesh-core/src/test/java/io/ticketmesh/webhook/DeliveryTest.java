package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.webhook.Delivery.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What several nodes know of one delivery, put together. */
class DeliveryTest {
    private static final NodeId ALICE = new NodeId(1, 1);
    private static final NodeId BOB = new NodeId(2, 2);
    private static final Reception TAKEN = new Reception(204, 5, "", 0, null);
    private static final Reception REFUSED = new Reception(503, 5, "", 0, null);
    private static final String EVENT = "4f6e";

    private static Delivery first(NodeId node) {
        OperationId operation = new OperationId(new Origin(node, 1), 7);
        TicketId ticket = TicketId.timeOrdered(1, 1, 1);
        return new Delivery(operation, EVENT, ticket, "ticket.overdue", State.PENDING, 0, null, List.of());
    }

    @Test
    void whatEitherSideDeliveredIsDeliveredWithTheTriesOfBoth() {
        Delivery alices = first(ALICE).tried(ALICE, 1_000, TAKEN);
        Delivery bobs = first(BOB).tried(BOB, 2_000, REFUSED);

        Delivery both = alices.merge(bobs);
        assertThat(both).isEqualTo(bobs.merge(alices));
        assertThat(both.state()).isEqualTo(State.DELIVERED);
        assertThat(both.attempts()).extracting(Attempt::node).containsExactly(ALICE, BOB);
    }

    @Test
    void whatWasGivenUpWithoutATryStaysGivenUp() {
        Delivery failed = first(ALICE).tried(ALICE, 1_000, REFUSED);

        assertThat(failed.merge(failed.abandoned()).state()).isEqualTo(State.FAILED);
        assertThat(failed.abandoned().merge(failed).state()).isEqualTo(State.FAILED);
    }

    @Test
    void aLaterTryOpensWhatWasGivenUp() {
        Delivery failed = first(ALICE).tried(ALICE, 1_000, REFUSED);

        assertThat(failed.abandoned().merge(failed.tried(BOB, 2_000, REFUSED)).state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void theOrderInWhichLogsAreReadDoesNotMatter() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<Delivery> known = new ArrayList<>();
            for (int copy = 0; copy < 4; copy++) {
                known.add(random(random));
            }
            Delivery merged = known.stream().reduce(Delivery::merge).orElseThrow();
            Collections.shuffle(known, random);
            assertThat(known.stream().reduce(Delivery::merge)).contains(merged);
            assertThat(merged.merge(known.get(0))).isEqualTo(merged);
        }
    }

    private static Delivery random(Random random) {
        Delivery delivery = first(random.nextBoolean() ? ALICE : BOB);
        int tries = random.nextInt(6);
        for (int each = 0; each < tries && delivery.state() == State.PENDING; each++) {
            boolean alice = random.nextBoolean();
            // one node tries one thing at a time
            long atMillis = 10_000L * each + 2L * random.nextInt(1_000) + (alice ? 0 : 1);
            delivery = delivery.tried(alice ? ALICE : BOB, atMillis, random.nextInt(5) == 0 ? TAKEN : REFUSED);
        }
        return random.nextInt(8) == 0 ? delivery.abandoned() : delivery;
    }

    @Test
    void whatIsKeptIsReadAgain() {
        Delivery delivery = first(ALICE).tried(ALICE, 1_000, REFUSED);

        assertThat(DeliveryJson.parse(DeliveryJson.text(delivery))).contains(delivery);
    }
}
