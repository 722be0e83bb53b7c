package io.ticketmesh.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A process on the class path of the tests that says in lines what it does, until it is killed with SIGKILL. */
final class VictimProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private VictimProcess(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static VictimProcess start(Class<?> program, Object... arguments) throws IOException {
        return new VictimProcess(launch(program, arguments));
    }

    static Process launch(Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(program.getName());
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits for its next line and returns what follows {@code word} in it. */
    String await(String word) throws IOException {
        String line = lines.readLine();
        if (line == null || !line.startsWith(word)) {
            throw new AssertionError("It said " + line + " instead of " + word);
        }
        return line.substring(word.length()).strip();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
