package io.ticketmesh.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs an application, with what it prints. */
final class Host implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private Host(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Host run(List<String> command, Path directory) {
        try {
            Files.createDirectories(directory);
            Path log = Files.createTempFile(directory.toAbsolutePath().getParent(), "host-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // nothing that Spring Boot would take for a setting
            builder.environment().keySet().removeIf(name -> name.matches("(SPRING|SERVER|LOGGING|TICKETMESH)_.*"));
            return new Host(builder.start(), log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Waits until a web server answers at the port. */
    Web web(int port) {
        Web web = new Web(port);
        Waiting.until(START, () -> "no answer at port " + port + ":\n" + log(), () -> {
            requireRunning();
            return web.answers();
        });
        return web;
    }

    private void requireRunning() {
        if (!process.isAlive()) {
            throw new AssertionError("The process ended with " + process.exitValue() + ":\n" + log());
        }
    }

    /** Waits until it has printed a text. */
    Host printed(String text) {
        Waiting.until(START, () -> "'" + text + "' was not printed:\n" + log(), () -> {
            boolean alive = process.isAlive();
            if (log().contains(text)) {
                return true;
            } else if (!alive) {
                throw new AssertionError("The process ended without '" + text + "':\n" + log());
            }
            return false;
        });
        return this;
    }

    long pid() {
        return process.pid();
    }

    /** What it has printed so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until it has ended by itself, and returns its status. */
    int status() {
        return status(START);
    }

    int status(Duration within) {
        if (!ended(within)) {
            throw new AssertionError("The process goes on:\n" + log());
        }
        return process.exitValue();
    }

    /** Tells it to stop (SIGTERM), and returns how long it took. */
    Duration stop() {
        long begin = System.nanoTime();
        process.destroy();
        if (!ended(END)) {
            throw new AssertionError("The process does not stop:\n" + log());
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        ended(END);
    }
}
