package io.ticketmesh.sample.mesh;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of the sample, started as the README does, that can be killed, stopped and started again on its directory. Its port
 * stays the same. Thread-safe but for starting and killing.
 */
final class SampleNode implements AutoCloseable {
    private static final Path JAR = Path.of("target", "ticketmesh-sample.jar").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Path directory;
    private final String cluster;
    private final int port;
    private final List<String> settings;
    private volatile @Nullable Process process;

    SampleNode(Path directory, String cluster, String... settings) throws IOException {
        this.directory = directory;
        this.cluster = cluster;
        this.port = freePort();
        this.settings = List.of(settings);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts the process and returns when it answers. */
    SampleNode start() throws IOException {
        launch();
        awaitAnswer();
        return this;
    }

    /** Starts the process and returns at once. */
    void launch() throws IOException {
        Files.createDirectories(directory);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.add("--server.port=" + port);
        command.add("--ticketmesh.data-dir=" + data());
        command.add("--ticketmesh.mesh.cluster=" + cluster);
        command.add("--sample.data.enabled=false");
        command.addAll(settings);
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    void awaitAnswer() {
        Waiting.until(START, () -> "no answer of " + this + ":\n" + logText(), () -> {
            requireRunning();
            return answers();
        });
    }

    private boolean answers() {
        try {
            return get("/ticketmesh/mesh").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void requireRunning() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            throw new AssertionError("The process ended:\n" + logText());
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    private Path log() {
        return directory.resolve("log.txt");
    }

    String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException {
        return write("POST", path, json, headers);
    }

    HttpResponse<String> write(String method, String path, String json, String... headers) throws IOException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
                .method(method, BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Creates a ticket and returns its id. */
    String create(String title) throws IOException {
        HttpResponse<String> answer = post("/tickets", "{\"title\":\"" + title + "\"}");
        require(answer, 201);
        return JsonPath.read(answer.body(), "$.id");
    }

    static void require(HttpResponse<String> answer, int status) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.request().method() + " " + answer.uri() + " gave " + answer.statusCode()
                    + " instead of " + status + ": " + answer.body());
        }
    }

    /** What the node answers, read by a JSON path. */
    <T> T read(String path, String jsonPath) throws IOException {
        HttpResponse<String> answer = get(path);
        require(answer, 200);
        return JsonPath.read(answer.body(), jsonPath);
    }

    boolean has(String ticket) throws IOException {
        return get("/tickets/" + ticket).statusCode() == 200;
    }

    String digest() throws IOException {
        return read("/ticketmesh/mesh/digest", "$.digest");
    }

    /** The ids of all living tickets, by paging through them. */
    List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        String next = "/tickets?limit=200&sort=createdAt";
        while (next != null) {
            HttpResponse<String> page = get(next);
            require(page, 200);
            ids.addAll(JsonPath.<List<String>>read(page.body(), "$.items[*].id"));
            next = nextOf(page);
        }
        return ids;
    }

    private static @Nullable String nextOf(HttpResponse<String> page) {
        for (String link : page.headers().allValues("Link")) {
            for (String one : link.split(",")) {
                if (one.contains("rel=\"next\"")) {
                    String address = one.substring(one.indexOf('<') + 1, one.indexOf('>'));
                    return address.startsWith("http") ? address.substring(address.indexOf('/', 8)) : address;
                }
            }
        }
        return null;
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor();
            process = null;
        }
    }

    /** Lets it stand still. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("It does not run");
        }
        int status = new ProcessBuilder("kill", "-" + name, String.valueOf(running.pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("kill -" + name + " gave " + status);
        }
    }

    /** Tells it to stop in order. */
    void terminate() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /** Stops it in order; kills it when that takes longer than ten seconds. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            process = null;
        }
    }

    @Override
    public String toString() {
        return url();
    }
}
