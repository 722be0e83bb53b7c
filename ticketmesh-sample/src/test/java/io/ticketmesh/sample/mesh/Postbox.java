package io.ticketmesh.sample.mesh;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A receiver of webhooks as a process on a host of a {@link Lan}, at the same address of each host: what can be reached on both sides of a
 * cut. What it hears it writes into a file, a message a line, behind its id.
 */
final class Postbox implements AutoCloseable {
    static final String URL = "http://127.0.0.1:9000/hooks";

    private static final int PORT = 9000;
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final Path heard;

    /** A message as it came. */
    record Heard(String id, String body) {}

    private Postbox(Process process, Path heard) {
        this.process = process;
        this.heard = heard;
    }

    static Postbox open(Lan lan, String host, Path heard) throws IOException {
        List<String> command = new ArrayList<>(lan.on(host));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        command.addAll(List.of(Postbox.class.getName(), heard.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        heard.resolveSibling(heard.getFileName() + ".log").toFile())
                .start();
        return new Postbox(process, heard);
    }

    /** The process; {@code arguments} name the file. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), PORT), 0);
        http.createContext("/", exchange -> note(exchange, file)); // one after the other, by the server's own thread
        http.start();
        Files.createFile(file);
    }

    private static void note(HttpExchange exchange, Path file) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        Files.writeString(file, id + " " + body + "\n", StandardOpenOption.APPEND);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    void awaitOpen() {
        Waiting.until(START, () -> "no receiver for " + heard, () -> Files.exists(heard));
    }

    List<Heard> heard() throws IOException {
        List<Heard> messages = new ArrayList<>();
        String text = Files.readString(heard);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            int space = line.indexOf(' ');
            messages.add(new Heard(line.substring(0, space), line.substring(space + 1)));
        }
        return messages;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
