package io.ticketmesh.hosts;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A Java that is installed. */
record Jdk(int version, Path home) {
    private static final int FLOOR = 17;

    /** The one that runs the tests. */
    static Jdk current() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /**
     * The oldest and the newest from Java 17 on, of the one that runs the tests and those installed beside it; one only if there is no
     * other.
     */
    static List<Jdk> oldestAndNewest() {
        TreeMap<Integer, Jdk> found = new TreeMap<>();
        neighbours().forEach(jdk -> found.put(jdk.version(), jdk));
        found.put(current().version(), current());
        Jdk oldest = found.firstEntry().getValue();
        Jdk newest = found.lastEntry().getValue();
        return oldest.equals(newest) ? List.of(oldest) : List.of(oldest, newest);
    }

    /** The one that is to run applications, as the build says. */
    static Jdk chosen() {
        return System.getProperty("hosts.java", "oldest").equals("newest")
                ? newest()
                : oldestAndNewest().get(0);
    }

    static Jdk newest() {
        List<Jdk> both = oldestAndNewest();
        return both.get(both.size() - 1);
    }

    private static List<Jdk> neighbours() {
        Path parent = current().home().getParent();
        if (parent == null) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(parent)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .map(Jdk::at)
                    .filter(Objects::nonNull)
                    .filter(jdk -> jdk.version() >= FLOOR)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Jdk at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return null;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty() ? null : new Jdk(Runtime.Version.parse(version).feature(), home);
    }

    Path java() {
        return home.resolve("bin/java");
    }

    @Override
    public String toString() {
        return "Java " + version;
    }
}
