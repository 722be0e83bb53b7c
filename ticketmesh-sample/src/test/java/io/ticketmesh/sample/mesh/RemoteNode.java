package io.ticketmesh.sample.mesh;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of the sample on a host of a {@link Lan}, talked to by curl on that host. */
final class RemoteNode implements AutoCloseable {
    private static final Path JAR = Path.of("target", "ticketmesh-sample.jar").toAbsolutePath();
    private static final int PORT = 8080;

    private final Lan lan;
    private final String host;
    private final Path directory;
    private final Process process;

    /** An answer by HTTP. */
    record Answer(int status, String body) {
        <T> T at(String jsonPath) {
            return JsonPath.read(body, jsonPath);
        }

        Answer succeeded() {
            if (status < 200 || status > 299) {
                throw new AssertionError("Answered " + status + ": " + body);
            }
            return this;
        }

        Answer require(int expected) {
            if (status != expected) {
                throw new AssertionError("Answered " + status + " instead of " + expected + ": " + body);
            }
            return this;
        }
    }

    private RemoteNode(Lan lan, String host, Path directory, Process process) {
        this.lan = lan;
        this.host = host;
        this.directory = directory;
        this.process = process;
    }

    static RemoteNode launch(Lan lan, String host, Path directory, String secret) throws IOException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>(lan.on(host));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.add("--server.port=" + PORT);
        command.add("--ticketmesh.data-dir=" + directory.resolve("data"));
        command.add("--ticketmesh.mesh.cluster=lan");
        command.add("--ticketmesh.mesh.secret=" + secret);
        command.add("--ticketmesh.mesh.bind-address=" + lan.address(host));
        command.add("--ticketmesh.mesh.node-name=" + host);
        command.add("--sample.data.enabled=false");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
        return new RemoteNode(lan, host, directory, process);
    }

    /** Waits until it answers and says that so many can be reached. */
    void awaitReachable(int members) {
        Waiting.until(Duration.ofSeconds(60), () -> host + " does not reach " + members + ": " + log(), () -> {
            Answer mesh = call("GET", "/ticketmesh/mesh", null);
            return mesh.status() == 200
                    && mesh.<List<Object>>at("$.members[?(@.reachable == true)]")
                                    .size()
                            == members;
        });
    }

    Answer call(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "10", "-w", "\n%{http_code}", "-X", method));
        if (json != null) {
            String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
            command.addAll(List.of("-H", "Content-Type: " + type, "-d", json));
        }
        command.add("http://127.0.0.1:" + PORT + path);
        try {
            String printed = lan.run(host, command);
            int line = printed.lastIndexOf('\n');
            return new Answer(Integer.parseInt(printed.substring(line + 1).strip()), printed.substring(0, line));
        } catch (IOException refused) {
            return new Answer(0, String.valueOf(refused.getMessage()));
        }
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return call("POST", path, json);
    }

    Answer patch(String ticket, String json) throws IOException, InterruptedException {
        return call("PATCH", "/tickets/" + ticket, json).succeeded();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    String create(String title) throws IOException, InterruptedException {
        return post("/tickets", "{\"title\":\"" + title + "\"}").require(201).at("$.id");
    }

    String digest() throws IOException, InterruptedException {
        return get("/ticketmesh/mesh/digest").require(200).at("$.digest");
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
