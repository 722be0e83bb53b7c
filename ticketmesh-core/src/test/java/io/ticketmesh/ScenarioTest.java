package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ticketmesh.simulation.Household;
import io.ticketmesh.simulation.Scenario;
import io.ticketmesh.timer.Keepers;
import io.ticketmesh.webhook.Clerks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays every {@code src/test/resources/scenarios/*.scenario} and compares the file with what happened.
 * {@code -Dscenario.rewrite=true} writes what happened into the files instead; read the difference before you keep it.
 */
class ScenarioTest {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "scenarios");
    private static final Map<String, Supplier<? extends Household>> HOUSEHOLDS =
            Map.of("timers", Keepers::new, "webhooks", Clerks::new);

    @TestFactory
    List<DynamicTest> everyStoryEndsAsWritten() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)))
                    .toList();
            assertThat(tests).hasSizeGreaterThan(11);
            return tests;
        }
    }

    private static void check(Path file) {
        try {
            String written = Files.readString(file);
            String played = Scenario.play(written, HOUSEHOLDS);
            if (Boolean.getBoolean("scenario.rewrite")) {
                Files.writeString(file, played);
            } else {
                assertThat(played).isEqualTo(written);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
