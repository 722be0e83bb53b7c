package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonPointer;
import io.ticketmesh.json.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody who listens to a stream of events, with a socket and eyes of his own. */
final class Listening implements AutoCloseable {
    private static final Event END = new Event("", "", "");

    private final Contract contract;
    private final Socket socket;
    private final BufferedReader lines;
    private final List<String> head = new ArrayList<>();
    private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    private volatile String lastId;

    /** What was between two empty lines. */
    record Event(String name, String id, String data) {
        String at(String pointer) {
            return ((JsonString) Json.parse(data.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)
                            .at(JsonPointer.parse(pointer))
                            .orElseThrow())
                    .text();
        }
    }

    private Listening(Contract contract, Socket socket, String lastId) throws IOException {
        this.contract = contract;
        this.socket = socket;
        this.lastId = lastId;
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            head.add(line);
        }
    }

    /** Connects, and has the answer's head when this returns. HTTP/1.0, so that the body comes as it is. */
    static Listening to(Host host, String path, @Nullable String lastId, String... headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", host.port());
        socket.setSoTimeout(60_000);
        StringBuilder header = new StringBuilder(lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            header.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + header
                                + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Listening listening = new Listening(host.contract(), socket, lastId);
        if (!listening.head.get(0).contains(" 200")) {
            throw new AssertionError(listening.head + listening.lines.readLine());
        }
        Thread thread = new Thread(listening::listen, "listening");
        thread.setDaemon(true);
        thread.start();
        return listening;
    }

    private void listen() {
        String name = "";
        String id = "";
        String data = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    heard.add(new Event("comment", "", line));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.startsWith("retry: ")) {
                    heard.add(new Event("retry", "", line.substring(7)));
                } else if (line.isEmpty()) {
                    if (data.isEmpty()) {
                        lastId = id.isEmpty() ? lastId : id;
                    } else {
                        heard.add(new Event(name, id, data));
                    }
                    name = "";
                    data = "";
                    id = "";
                }
            }
        } catch (IOException closed) {
            heard.add(END);
            return;
        }
        heard.add(END);
    }

    List<String> head() {
        return head;
    }

    /** The next event that has a name of its own; the last id is its id then. */
    Event next() throws InterruptedException {
        Event event = any();
        while (event.name().equals("comment") || event.name().equals("retry")) {
            event = any();
        }
        assertThat(event).as("not the end").isNotSameAs(END);
        if (!event.name().equals("reset")) {
            contract.checkEvent(event.data());
        }
        lastId = event.id();
        return event;
    }

    /** The next of whatever comes. */
    Event any() throws InterruptedException {
        Event event = heard.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("heard in time").isNotNull();
        return event;
    }

    /** Waits for the end. */
    void awaitEnd() throws InterruptedException {
        while (any() != END) {
            continue;
        }
    }

    @Nullable
    String lastId() {
        return lastId;
    }

    boolean silent() {
        return heard.stream()
                .allMatch(
                        event -> event.name().equals("comment") || event.name().equals("retry"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
