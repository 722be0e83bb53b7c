package io.ticketmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Real processes of applications with a Spring Boot that is too old. */
class TooOldSpringBootIT {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication.run(Application.class, arguments);
            System.out.println("it is up");
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.4"})
    void theStartFailsAndSaysWhichOneThereMustBe(String line) throws Exception {
        assertThat(outputOf(line))
                .contains("APPLICATION FAILED TO START")
                .contains("The application runs Spring Boot " + line)
                .contains("needs 3.5 or 4")
                .contains("Update Spring Boot to 3.5 or later, or set ticketmesh.enabled=false")
                .doesNotContain("it is up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7", "3.4"})
    void switchedOffNothingIsSaid(String line) throws Exception {
        assertThat(outputOf(line, "--ticketmesh.enabled=false"))
                .contains("it is up")
                .doesNotContain("FAILED");
    }

    /** Without a logging framework, which none of these needs to have. */
    private String outputOf(String line, String... arguments) throws Exception {
        String classPath = Stream.concat(
                        Stream.of(
                                placeOf(Application.class),
                                placeOf(TicketMeshVersion.class),
                                placeOf(TicketMesh.class),
                                placeOf(NullMarked.class)),
                        jars(line).stream())
                .collect(Collectors.joining(File.pathSeparator));
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx128m",
                                        "-cp",
                                        classPath,
                                        Application.class.getName()),
                                Stream.of(arguments))
                        .toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static List<String> jars(String line) throws Exception {
        try (Stream<Path> jars = Files.list(Path.of("target", "too-old", line))) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).toList();
        }
    }
}
