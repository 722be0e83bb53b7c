package io.ticketmesh.sample.mesh;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process of the sample that can be killed, stopped and started again on its directory. Its port stays the same. Thread-safe
 * but for starting and killing.
 */
final class SampleNode implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = newClient();
    private final Path home;
    private final Program program;
    private final int port;
    private final List<String> settings;
    private volatile @Nullable Process process;

    SampleNode(Path home, Program program, List<String> settings) throws IOException {
        this.home = home;
        this.program = program;
        this.port = freePort();
        this.settings = new ArrayList<>(settings);
        this.settings.add("--server.port=" + port);
    }

    private static HttpClient newClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    static int freePort() throws IOException {
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
        process = program.start(home, List.of(), settings);
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
        return Program.data(home);
    }

    String logText() {
        try {
            return Files.readString(Program.log(home));
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

    /** Asks for a ticket by a connection of its own, which the node cannot have grown tired of, and does not wait for its id. */
    CompletableFuture<String> createLater(String title) {
        HttpRequest request = request("/tickets")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
                .build();
        return newClient().sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            require(answer, 201);
            return JsonPath.read(answer.body(), "$.id");
        });
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

    /** A number that it tells of its mesh. */
    long mesh(String jsonPath) throws IOException {
        return this.<Number>read("/ticketmesh/mesh", jsonPath).longValue();
    }

    /** How many tickets live, by asking for the number. */
    int living() throws IOException {
        return read("/tickets?limit=1&count=true&fields=id", "$.total");
    }

    /** Changes what is wrong around a {@link Program#TROUBLED} node. */
    void trouble(String changes) throws IOException {
        require(write("PUT", "/troubles?" + changes, ""), 200);
    }

    /** The port at which others reach it. */
    int meshPort() throws IOException {
        return (int) mesh("$.network.port");
    }

    InetSocketAddress meshAddress() throws IOException {
        return new InetSocketAddress("127.0.0.1", meshPort());
    }

    InetSocketAddress webAddress() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** Where it multicasts, as its log says. */
    InetSocketAddress multicastAddress() {
        Matcher said = Pattern.compile("multicasts to ([0-9.]+):([0-9]+)").matcher(logText());
        if (!said.find()) {
            throw new AssertionError("It says nothing of multicasts:\n" + logText());
        }
        return new InetSocketAddress(said.group(1), Integer.parseInt(said.group(2)));
    }

    /** Where its registry listens, as its log says. */
    InetSocketAddress registryAddress() {
        Matcher said =
                Pattern.compile("Registry of \\S+ on udp ([0-9.]+):([0-9]+)").matcher(logText());
        if (!said.find()) {
            throw new AssertionError("It says nothing of a registry:\n" + logText());
        }
        return new InetSocketAddress(said.group(1), Integer.parseInt(said.group(2)));
    }

    /** How many bytes its heap holds after a collection of garbage. */
    long heapBytes() throws IOException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("It does not run");
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process counting = new ProcessBuilder(jcmd, String.valueOf(running.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String printed = new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = Pattern.compile("Total +[0-9]+ +([0-9]+)").matcher(printed);
        if (!total.find()) {
            throw new IOException("jcmd said " + printed);
        }
        return Long.parseLong(total.group(1));
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
