package io.ticketmesh.benchmark;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** The limit: datagrams of the sizes of lookups and pages, sent to and fro by two threads that do nothing else. */
final class DatagramEcho implements AutoCloseable {
    private static final int UNDER_WAY = 32;
    private static final int REQUEST_BYTES = 97;

    private final DatagramSocket answering =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final DatagramSocket asking =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final byte[] answer;

    DatagramEcho(int answerBytes) throws IOException {
        answer = new byte[answerBytes];
        asking.setSoTimeout(50);
        Thread thread = new Thread(this::answerAll, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    /** How many requests were answered within {@code millis}. */
    long run(long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        DatagramPacket request =
                new DatagramPacket(new byte[REQUEST_BYTES], REQUEST_BYTES, answering.getLocalSocketAddress());
        DatagramPacket answered = new DatagramPacket(new byte[answer.length], answer.length);
        long count = 0;
        int underWay = 0;
        while (System.nanoTime() < end) {
            for (; underWay < UNDER_WAY; underWay++) {
                asking.send(request);
            }
            try {
                asking.receive(answered);
                underWay--;
                count++;
            } catch (SocketTimeoutException e) {
                underWay = 0;
            }
        }
        return count;
    }

    @Override
    public void close() {
        asking.close();
        answering.close();
    }

    private void answerAll() {
        DatagramPacket request = new DatagramPacket(new byte[REQUEST_BYTES], REQUEST_BYTES);
        try {
            while (!answering.isClosed()) {
                answering.receive(request);
                answering.send(new DatagramPacket(answer, answer.length, request.getSocketAddress()));
            }
        } catch (IOException closed) {
            if (!answering.isClosed()) {
                throw new IllegalStateException(closed);
            }
        }
    }
}
