package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.RecordSeal;
import io.ticketmesh.seal.Seal;
import io.ticketmesh.seal.SealKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the two ends of a new connection prove to each other that they are of the mesh, and agree on keys.
 *
 * <p>The caller sends 16 random bytes, sealed; the called answers with them and 16 of its own, sealed. The keys of the two
 * directions follow from the mesh key and both. Neither a recorded caller nor a recorded answer is of use: the other end's
 * random bytes, and so the keys, differ. Nothing is answered to what does not open, and nothing of a length that the other end
 * says is read.
 *
 * @param outgoing seals what this end writes
 * @param incoming opens what the other end writes
 */
record Handshake(RecordSeal outgoing, RecordSeal incoming) {
    private static final int RANDOM_BYTES = 16;
    private static final int CALL_BYTES = 1 + RANDOM_BYTES;
    private static final int ANSWER_BYTES = 1 + 2 * RANDOM_BYTES;
    private static final byte CALL = 'c';
    private static final byte ANSWER = 'a';
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The caller's part, over the streams below the seal. Waits {@code millis} at most, and leaves the socket's read timeout as
     * it was.
     */
    static Handshake call(Socket socket, InputStream input, OutputStream output, Seal seal, int millis)
            throws IOException {
        byte[] own = random();
        send(output, seal, CALL, own);
        byte[] answer = read(socket, input, ANSWER_BYTES + Seal.OVERHEAD, millis);
        byte[] opened = opened(seal, answer, ANSWER);
        if (!Arrays.equals(opened, 1 + RANDOM_BYTES, ANSWER_BYTES, own, 0, RANDOM_BYTES)) {
            throw new IOException("The other end answers another call");
        }
        byte[] theirs = Arrays.copyOfRange(opened, 1, 1 + RANDOM_BYTES);
        return agreed(seal.sealing(), own, theirs, true);
    }

    /** The part of the one that is called. Waits {@code millis} at most. */
    static Handshake answer(Socket socket, InputStream input, OutputStream output, Seal seal, int millis)
            throws IOException {
        byte[] call = read(socket, input, CALL_BYTES + Seal.OVERHEAD, millis);
        byte[] opened = opened(seal, call, CALL);
        @Nullable SealKey key = seal.keyOf(call, 0, call.length);
        if (key == null) {
            throw new IOException("The call was sealed with no known key");
        }
        byte[] theirs = Arrays.copyOfRange(opened, 1, CALL_BYTES);
        byte[] own = random();
        send(output, seal, ANSWER, concat(own, theirs));
        return agreed(key, theirs, own, false);
    }

    private static Handshake agreed(SealKey key, byte[] caller, byte[] called, boolean isCaller) {
        byte[] keys = key.derive("connection", concat(caller, called), 2 * KEY_BYTES);
        RecordSeal fromCaller = new RecordSeal(Arrays.copyOfRange(keys, 0, KEY_BYTES));
        RecordSeal fromCalled = new RecordSeal(Arrays.copyOfRange(keys, KEY_BYTES, 2 * KEY_BYTES));
        return isCaller ? new Handshake(fromCaller, fromCalled) : new Handshake(fromCalled, fromCaller);
    }

    private static void send(OutputStream stream, Seal seal, byte kind, byte[] content) throws IOException {
        byte[] letter = concat(new byte[] {kind}, content);
        stream.write(seal.seal(letter, 0, letter.length));
        stream.flush();
    }

    private static byte[] opened(Seal seal, byte[] sealed, byte kind) throws IOException {
        byte[] opened = seal.open(sealed, 0, sealed.length);
        if (opened == null) {
            throw new StrangerException();
        }
        if (opened[0] != kind) {
            throw new IOException("The other end says something else than was asked");
        }
        return opened;
    }

    private static byte[] read(Socket socket, InputStream stream, int length, int millis) throws IOException {
        int before = socket.getSoTimeout();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        byte[] bytes = new byte[length];
        for (int filled = 0; filled < length; ) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("The other end did not say who it is within " + millis + " ms");
            }
            socket.setSoTimeout((int) left);
            int count = stream.read(bytes, filled, length - filled);
            if (count < 0) {
                throw new EOFException("The other end left");
            }
            filled += count;
        }
        socket.setSoTimeout(before);
        return bytes;
    }

    private static byte[] random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
