package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.simulation.Scenario;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.timer.Keepers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Breaks one habit at a time of those who tell a receiver. If the scenarios did not notice, they would not be worth playing. */
class BrokenHabitsTest {
    private static final String ORIGIN_KILLED = "webhook-of-a-killed-origin";
    private static final String RECEIVER_FAILS = "webhook-that-fails-on-both-sides";
    private static final String TIMER = "webhook-of-a-timer-on-both-sides";

    private static String written(String scenario) throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "scenarios", scenario + ".scenario"));
    }

    private static String play(String scenario, BiFunction<ReplicaReader, Addressee, Clerk> hiring) throws IOException {
        return Scenario.play(written(scenario), Map.of("timers", Keepers::new, "webhooks", () -> new Clerks(hiring)));
    }

    @Test
    void goodHabitsGiveWhatIsWritten() throws IOException {
        assertThat(play(ORIGIN_KILLED, Clerk::new)).isEqualTo(written(ORIGIN_KILLED));
    }

    @Test
    void anIdThatSaysWhoTellsIsFound() {
        assertThatThrownBy(() -> play(ORIGIN_KILLED, NamedAfterTheTeller::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("One event, two ids");
    }

    @Test
    void anIdThatSaysWhoFiredIsFound() {
        assertThatThrownBy(() -> play(TIMER, NamedAfterTheOperation::new))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("One event, two ids");
    }

    @Test
    void thatNobodyComesInForAnotherIsFound() throws IOException {
        assertThat(play(ORIGIN_KILLED, TrustsOthers::new)).isNotEqualTo(written(ORIGIN_KILLED));
    }

    @Test
    void thatNobodyReadsWhatOthersToldIsFound() throws IOException {
        assertThat(play(ORIGIN_KILLED, HearsNobody::new)).isNotEqualTo(written(ORIGIN_KILLED));
    }

    @Test
    void thatNobodyReadsWhatFailedElsewhereIsFound() throws IOException {
        assertThat(play(RECEIVER_FAILS, ReadsNoLogs::new)).isNotEqualTo(written(RECEIVER_FAILS));
    }

    private static final class NamedAfterTheTeller extends Clerk {
        NamedAfterTheTeller(ReplicaReader reader, Addressee addressee) {
            super(reader, addressee);
        }

        @Override
        String idOf(Delivery delivery) {
            return delivery.id() + "-" + reader.node().shortName();
        }
    }

    private static final class NamedAfterTheOperation extends Clerk {
        NamedAfterTheOperation(ReplicaReader reader, Addressee addressee) {
            super(reader, addressee);
        }

        @Override
        String idOf(Delivery delivery) {
            return Delivery.idOf(delivery.operation().toString());
        }
    }

    /** Takes for told whatever others took. */
    private static final class TrustsOthers extends Clerk {
        TrustsOthers(ReplicaReader reader, Addressee addressee) {
            super(reader, addressee);
        }

        @Override
        Surroundings around(long wallMillis, MeshStatus mesh) {
            Surroundings real = super.around(wallMillis, mesh);
            VersionVector settled = real.settled();
            for (Map.Entry<Origin, Long> held : reader.version().entries().entrySet()) {
                if (!held.getKey().node().equals(reader.node())) {
                    settled = settled.with(new OperationId(held.getKey(), held.getValue()));
                }
            }
            return new Surroundings(real.nowMillis(), real.reachable(), settled, real.progress(), real.logs());
        }
    }

    private static final class HearsNobody extends Clerk {
        HearsNobody(ReplicaReader reader, Addressee addressee) {
            super(reader, addressee);
        }

        @Override
        Surroundings around(long wallMillis, MeshStatus mesh) {
            Surroundings real = super.around(wallMillis, mesh);
            Progress own = real.progress().getOrDefault(reader.node(), Progress.NONE);
            return new Surroundings(real.nowMillis(), real.reachable(), own.settled(), Map.of(), Map.of());
        }
    }

    private static final class ReadsNoLogs extends Clerk {
        ReadsNoLogs(ReplicaReader reader, Addressee addressee) {
            super(reader, addressee);
        }

        @Override
        Surroundings around(long wallMillis, MeshStatus mesh) {
            Surroundings real = super.around(wallMillis, mesh);
            return new Surroundings(
                    real.nowMillis(), real.reachable(), real.settled(), real.progress(), new HashMap<>());
        }
    }
}
