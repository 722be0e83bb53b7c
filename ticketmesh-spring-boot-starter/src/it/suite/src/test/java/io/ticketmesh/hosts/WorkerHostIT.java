package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that does its work and ends still ends: the node keeps nobody alive. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WorkerHostIT {
    private static final Launch WORKER = Launch.of("worker", "com.example.worker.WorkerApplication");

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.oldestAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void itEndsByItselfAndKeepsWhatItWrote(Jdk jdk) {
        for (int run = 1; run <= 2; run++) {
            try (Host host = WORKER.on(jdk).with("--worker.reports=true").in(directory.resolve("work"))) {
                assertThat(host.status()).as(host.log()).isZero();
                assertThat(host.log()).contains("work done", "tickets: " + run, "no REST");
            }
        }
    }
}
