package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.oplog.RequestKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WritesTest {
    private final Writes writes = new Writes(
            () -> {
                throw new AssertionError("nobody is asked");
            },
            Duration.ofMillis(20),
            Duration.ofMillis(20));

    @Test
    void whoeverWaitsTooLongHearsThatTheWriteMayBeKept() {
        ProblemException late =
                catchThrowableOfType(ProblemException.class, () -> writes.outcome(new CompletableFuture<>()));
        assertThat(late.problem().kind()).isEqualTo(ProblemKind.WRITE_TIMEOUT);
        assertThat(late.problem().detail()).contains("may have been kept");
        assertThat(late.problem().headers()).containsEntry("Retry-After", "5");
    }

    @Test
    void anOverloadedNodeAsksForPatience() {
        OverloadedException full = catchThrowableOfType(
                OverloadedException.class,
                () -> writes.outcome(CompletableFuture.failedFuture(new OverloadedException(8))));
        Problem problem = Faults.problem(full);
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void anInterruptedWaiterSaysSoAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        ProblemException interrupted =
                catchThrowableOfType(ProblemException.class, () -> writes.outcome(new CompletableFuture<>()));
        assertThat(interrupted.problem().kind()).isEqualTo(ProblemKind.WRITE_TIMEOUT);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aRequestInFlightIsNotBegunTwice() {
        InFlight inFlight = new InFlight();
        RequestKey key = new RequestKey(1, 2, 3);
        InFlight.Stay stay = inFlight.enter(key);
        ProblemException twice =
                catchThrowableOfType(ProblemException.class, () -> inFlight.enter(new RequestKey(1, 2, 4)));
        assertThat(twice.problem().kind()).isEqualTo(ProblemKind.REQUEST_IN_FLIGHT);
        stay.close();
        inFlight.enter(key).close();
    }

    @Test
    void onlySoManyRequestsAreRemembered() {
        InFlight inFlight = new InFlight();
        for (int i = 0; i < InFlight.MAX; i++) {
            inFlight.enter(new RequestKey(i, 0, 0));
        }
        ProblemException full =
                catchThrowableOfType(ProblemException.class, () -> inFlight.enter(new RequestKey(-1, 0, 0)));
        assertThat(full.problem().kind()).isEqualTo(ProblemKind.OVERLOADED);
        inFlight.enter(null).close();
    }

    @Test
    void whatShouldNotFailIsAnIncidentThatTellsNothing() {
        Problem problem = Faults.problem(new IllegalStateException("secret path /etc/shadow"));
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.members()).containsKey("incident");
        assertThat(problem.detail()).doesNotContain("shadow");
    }
}
