package io.ticketmesh.hosts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How an application beside this module is to be started. */
record Launch(
        String module, String mainClass, Jdk jdk, List<String> wrapper, List<Path> classPath, List<String> arguments) {
    /** The line of Spring Boot that the applications were built against, as their directories are called. */
    static final String LINE = System.getProperty("hosts.line", "boot-4.1");

    /** With what Maven resolved for the application, by the Java that the build chose. */
    static Launch of(String module, String mainClass) {
        List<Path> classPath = new ArrayList<>();
        classPath.add(target(module).resolve("classes"));
        classPath.addAll(dependencies(module));
        return new Launch(module, mainClass, Jdk.chosen(), List.of(), List.copyOf(classPath), List.of());
    }

    static Path target(String module) {
        return Path.of("..", module, "target", LINE).toAbsolutePath().normalize();
    }

    static List<Path> dependencies(String module) {
        try {
            String paths =
                    Files.readString(target(module).resolve("class-path")).strip();
            return Arrays.stream(paths.split(File.pathSeparator)).map(Path::of).toList();
        } catch (IOException unbuilt) {
            throw new UncheckedIOException(unbuilt);
        }
    }

    Launch on(Jdk other) {
        return new Launch(module, mainClass, other, wrapper, classPath, arguments);
    }

    /** The application as it was before the starter was added. */
    Launch withoutTicketMesh() {
        List<Path> rest = classPath.stream()
                .filter(path -> !path.getFileName().toString().startsWith("ticketmesh-"))
                .toList();
        if (rest.size() != classPath.size() - 2) {
            throw new AssertionError("Expected the starter and its core among " + classPath);
        }
        return new Launch(module, mainClass, jdk, wrapper, rest, arguments);
    }

    /** With the same classes, but what Maven resolved for another module. */
    Launch withDependenciesOf(String other) {
        List<Path> path = new ArrayList<>(List.of(classPath.get(0)));
        path.addAll(dependencies(other));
        return new Launch(module, mainClass, jdk, wrapper, List.copyOf(path), arguments);
    }

    /** With the application's own classes in another place. */
    Launch withClassesIn(Path directory) {
        List<Path> path = new ArrayList<>(classPath);
        path.set(0, directory);
        return new Launch(module, mainClass, jdk, wrapper, List.copyOf(path), arguments);
    }

    /** Run by a command that runs the command. */
    Launch wrappedBy(String... command) {
        return new Launch(module, mainClass, jdk, List.of(command), classPath, arguments);
    }

    Launch with(String... more) {
        List<String> all =
                Stream.concat(arguments.stream(), Arrays.stream(more)).toList();
        return new Launch(module, mainClass, jdk, wrapper, classPath, all);
    }

    /** Starts it in a directory, and returns at once. */
    Host in(Path directory) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                jdk.java().toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(
                        File.pathSeparator,
                        classPath.stream().map(Path::toString).toList()),
                mainClass));
        command.addAll(arguments);
        return Host.run(command, directory);
    }
}
