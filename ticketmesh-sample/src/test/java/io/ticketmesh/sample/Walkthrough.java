package io.ticketmesh.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A document whose blocks marked {@code console} hold commands, each on a line that begins with {@code $} (and goes on with
 * {@code >}), and the output of each behind it. Three dots in one character stand for whatever varies.
 */
final class Walkthrough {
    private static final String MARK = "=== ticketmesh walkthrough ===";

    private final List<Step> steps;

    /** One command and the output that the document promises. */
    record Step(String command, String promised) {
        boolean isKeptBy(String output) {
            String pattern =
                    Arrays.stream(promised.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*?"));
            return Pattern.compile(pattern, Pattern.DOTALL)
                    .matcher(output.strip())
                    .matches();
        }
    }

    private Walkthrough(List<Step> steps) {
        this.steps = steps;
    }

    static Walkthrough read(Path document) throws IOException {
        List<Step> steps = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        StringBuilder promised = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                addStep(steps, command, promised);
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                addStep(steps, command, promised);
                command.append(line.substring(2));
            } else if (inside && line.startsWith("> ")) {
                command.append('\n').append(line.substring(2));
            } else if (inside) {
                promised.append(line).append('\n');
            }
        }
        return new Walkthrough(steps);
    }

    private static void addStep(List<Step> steps, StringBuilder command, StringBuilder promised) {
        if (command.length() > 0) {
            steps.add(new Step(command.toString(), promised.toString().strip()));
        }
        command.setLength(0);
        promised.setLength(0);
    }

    List<Step> steps() {
        return steps;
    }

    /** Runs all commands in one shell, so that variables live on, and returns the output of each. */
    List<String> run(String from, String to) throws IOException, InterruptedException {
        String script = steps.stream()
                .map(step -> "printf '%s\\n' '" + MARK + "'\n" + step.command().replace(from, to) + "\n")
                .collect(Collectors.joining());
        Process shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
        try (OutputStream input = shell.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String output;
        try (InputStream stream = shell.getInputStream()) {
            output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!shell.waitFor(60, TimeUnit.SECONDS)) {
            shell.destroyForcibly();
            throw new IOException("The walkthrough did not end");
        }
        String[] parts = output.split(Pattern.quote(MARK) + "\n", -1);
        return List.of(parts).subList(1, parts.length);
    }
}
