package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** The one line that the log has of a start. */
@ExtendWith(OutputCaptureExtension.class)
class StartLineTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static String line(CapturedOutput output, WebApplicationType type, String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "spring.main.banner-mode=off",
                                "logging.level.root=off",
                                "logging.level.io.ticketmesh.TicketMesh=info"),
                        Stream.of(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new);
        new SpringApplicationBuilder(Application.class)
                .web(type)
                .registerShutdownHook(false)
                .run(arguments)
                .close();
        List<String> lines = output.getAll()
                .lines()
                .filter(line -> line.contains("TicketMesh"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0).replaceAll("^.*? TicketMesh", "TicketMesh");
    }

    @Test
    void tellsVersionNodeDirectoryMeshAndPaths(CapturedOutput output, @TempDir Path directory) {
        assertThat(line(
                        output,
                        WebApplicationType.SERVLET,
                        "ticketmesh.data-dir=" + directory,
                        "ticketmesh.rest.path=/desk"))
                .matches("TicketMesh " + TicketMeshVersion.text() + " is node [0-9a-f]{8}, tickets in "
                        + directory.toAbsolutePath()
                        + "; alone, no mesh is set; REST at /desk and /ticketmesh, console at /ticketmesh/");
    }

    @Test
    void tellsWhereTheMeshIs(CapturedOutput output) {
        assertThat(line(
                        output,
                        WebApplicationType.SERVLET,
                        "ticketmesh.storage=memory",
                        "ticketmesh.mesh.cluster=test-" + UUID.randomUUID()))
                .containsPattern(
                        "tickets in memory only; mesh at 127\\.[0-9.]+:[0-9]+ \\(udp\\), nobody else yet; REST at");
    }

    @Test
    void saysWhyThereIsNoRest(CapturedOutput output) {
        assertThat(line(output, WebApplicationType.NONE, "ticketmesh.storage=memory"))
                .endsWith("no REST, because this is not a servlet application with Spring MVC");
    }

    @Test
    void saysThatRestIsSwitchedOff(CapturedOutput output) {
        assertThat(line(
                        output,
                        WebApplicationType.SERVLET,
                        "ticketmesh.storage=memory",
                        "ticketmesh.rest.enabled=false"))
                .endsWith("REST is switched off");
    }
}
