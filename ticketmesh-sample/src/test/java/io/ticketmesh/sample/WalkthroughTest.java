package io.ticketmesh.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Executes {@code docs/walkthrough.md} against the sample; needs bash and curl, as its readers do. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class WalkthroughTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandPrintsWhatTheDocumentPromises() throws Exception {
        try (ConfigurableApplicationContext sample = SpringApplication.run(
                SampleApplication.class,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--sample.data.enabled=false",
                "--ticketmesh.mesh.cluster=",
                "--ticketmesh.data-dir=" + directory)) {
            String port = sample.getEnvironment().getRequiredProperty("local.server.port");
            Walkthrough walkthrough = Walkthrough.read(Path.of("..", "docs", "walkthrough.md"));

            List<String> outputs = walkthrough.run("localhost:8080", "127.0.0.1:" + port);

            assertThat(outputs).hasSameSizeAs(walkthrough.steps()).hasSizeGreaterThan(10);
            for (int i = 0; i < outputs.size(); i++) {
                Walkthrough.Step step = walkthrough.steps().get(i);
                String output = outputs.get(i);
                assertThat(step.isKeptBy(output))
                        .as("%n$ %s%npromised:%n%s%nprinted:%n%s", step.command(), step.promised(), output)
                        .isTrue();
            }
        }
    }
}
