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

    static RemoteNode launch(Lan lan, String host, Path directory, String secret, List<String> more)
            throws IOException {
        List<String> settings = new ArrayList<>(more);
        settings.addAll(List.of(
                "--server.port=" + PORT,
                "--ticketmesh.mesh.cluster=lan",
                "--ticketmesh.mesh.secret=" + secret,
                "--ticketmesh.mesh.bind-address=" + lan.address(host),
                "--ticketmesh.mesh.node-name=" + host));
        Process process = Program.JAR.start(directory, lan.on(host), settings);
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
        if (json == null) {
            return curl(method, path, List.of());
        }
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        return curl(method, path, List.of("-H", "Content-Type: " + type, "-d", json));
    }

    /** Posts a file as it is. */
    Answer upload(String path, Path file) throws InterruptedException {
        return curl("POST", path, List.of("-H", "Content-Type: application/octet-stream", "--data-binary", "@" + file));
    }

    private Answer curl(String method, String path, List<String> more) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-m", "10", "-w", "\n%{http_code}", "-X", method));
        command.addAll(more);
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

    /** The hash of what is at a path, as a program on the host says. */
    String sha256(String path) throws IOException, InterruptedException {
        String command = "curl -sf -m 10 'http://127.0.0.1:" + PORT + path + "' | sha256sum";
        return lan.run(host, List.of("sh", "-c", command)).split(" ")[0];
    }

    String create(String title) throws IOException, InterruptedException {
        return post("/tickets", "{\"title\":\"" + title + "\"}").require(201).at("$.id");
    }

    String digest() throws IOException, InterruptedException {
        return get("/ticketmesh/mesh/digest").require(200).at("$.digest");
    }

    private String log() {
        try {
            return Files.readString(Program.log(directory));
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
