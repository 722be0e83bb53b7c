package io.ticketmesh.sample.mesh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A stranger without the secret who sends about 10,000 packets a second to each port it is given until it is closed, from another
 * address than the members'. To UDP: random bytes, random bytes after a known version and key, recordings, and serialized
 * objects. To TCP: 1,000 connections a second, each of about ten packets and held for half a second, of which some say nothing
 * and the others the same in small pieces.
 */
final class Flood implements AutoCloseable {
    private static final String STRANGER = "127.0.0.2";
    private static final long ROUND_NANOS = 1_000_000;
    private static final int DATAGRAMS_A_ROUND = 10;
    private static final int HELD_CONNECTIONS = 500;
    private static final int PIECES = 8;
    private static final int HEADER_BYTES = 5;

    private final List<byte[]> packets;
    private final LongAdder datagrams = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final LongAdder answeredBytes = new LongAdder();
    private final List<Future<?>> streams = new ArrayList<>();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final long begin = System.nanoTime();
    private volatile boolean goesOn = true;

    /** @param recorded what members sent; at least one */
    Flood(List<InetSocketAddress> udp, List<InetSocketAddress> tcp, List<byte[]> recorded) throws IOException {
        packets = packets(recorded);
        udp.forEach(target -> streams.add(pool.submit(() -> {
            sendDatagrams(target);
            return null;
        })));
        tcp.forEach(target -> streams.add(pool.submit(() -> {
            connect(target);
            return null;
        })));
    }

    /** A quarter of each kind. */
    private static List<byte[]> packets(List<byte[]> recorded) throws IOException {
        Random random = new Random(1);
        byte[] serialized = serialized();
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 1_024; i++) {
            byte[] noise = new byte[random.nextInt(1_400)];
            random.nextBytes(noise);
            byte[] disguised = noise.clone();
            System.arraycopy(recorded.get(0), 0, disguised, 0, Math.min(HEADER_BYTES, disguised.length));
            packets.addAll(List.of(noise, disguised, recorded.get(i % recorded.size()), serialized));
        }
        return packets;
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(new HashMap<>(Map.of("made of", "bytes")));
        }
        return bytes.toByteArray();
    }

    private void sendDatagrams(InetSocketAddress target) throws IOException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(STRANGER, 0));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            channel.configureBlocking(false);
            ByteBuffer answer = ByteBuffer.allocate(65_536);
            int number = 0;
            long next = System.nanoTime();
            while (goesOn) {
                for (int i = 0; i < DATAGRAMS_A_ROUND; i++) {
                    byte[] packet = packets.get(number++ % packets.size());
                    if (channel.send(ByteBuffer.wrap(packet), target) > 0) {
                        datagrams.increment();
                    }
                }
                if (channel.receive(answer.clear()) != null) {
                    answeredBytes.add(answer.position());
                }
                next += ROUND_NANOS;
                Waiting.passUntil(next);
            }
        }
    }

    private void connect(InetSocketAddress target) throws IOException {
        Deque<SocketChannel> held = new ArrayDeque<>();
        int number = 0;
        long next = System.nanoTime();
        try {
            while (goesOn) {
                held.add(connected(target, number++));
                if (held.size() > HELD_CONNECTIONS) {
                    listenAndClose(held.remove());
                }
                next += ROUND_NANOS;
                Waiting.passUntil(next);
            }
        } finally {
            for (SocketChannel channel : held) {
                listenAndClose(channel);
            }
        }
    }

    private SocketChannel connected(InetSocketAddress target, int number) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress(STRANGER, 0));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // leaves nothing behind, so that ports do not run out
        channel.connect(target);
        connections.increment();
        channel.configureBlocking(false);
        if (number % 5 > 0) { // every fifth says nothing
            byte[] bytes = packets.get(number % packets.size());
            int length = (bytes.length + PIECES - 1) / PIECES;
            try {
                for (int at = 0; at < bytes.length; at += length) {
                    channel.write(ByteBuffer.wrap(bytes, at, Math.min(length, bytes.length - at)));
                }
            } catch (IOException closed) {
                // By the other end, as it should.
            }
        }
        return channel;
    }

    private void listenAndClose(SocketChannel channel) throws IOException {
        try (channel) {
            int read = channel.read(ByteBuffer.allocate(8_192));
            answeredBytes.add(Math.max(0, read));
        } catch (IOException reset) {
            // Closed by the other end, without an answer.
        }
    }

    long datagrams() {
        return datagrams.sum();
    }

    long connections() {
        return connections.sum();
    }

    /** How many bytes came back. */
    long answeredBytes() {
        return answeredBytes.sum();
    }

    /** How many datagrams and connections a second, until now. */
    String rate() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return "%,.0f datagrams and %,.0f connections a second"
                .formatted(datagrams() / seconds, connections() / seconds);
    }

    /** Ends it. @throws java.util.concurrent.ExecutionException when it could not send */
    void end() throws Exception {
        goesOn = false;
        for (Future<?> stream : streams) {
            stream.get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        goesOn = false;
        pool.shutdown();
    }
}
