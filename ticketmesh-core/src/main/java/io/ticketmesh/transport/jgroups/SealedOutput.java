package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.RecordSeal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Writes sealed records. Writers take turns; {@link #writingSince} lets another thread see that one of them does not get on.
 */
final class SealedOutput extends OutputStream {
    static final int MAX_RECORD_BYTES = 32 << 10;

    private final OutputStream stream;
    private final RecordSeal seal;
    private final byte[] record = new byte[Integer.BYTES + MAX_RECORD_BYTES + RecordSeal.OVERHEAD];
    private volatile long writingSince;

    SealedOutput(OutputStream stream, RecordSeal seal) {
        this.stream = stream;
        this.seal = seal;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int done = 0; done < length; ) {
            int part = Math.min(MAX_RECORD_BYTES, length - done);
            int sealed = seal.seal(bytes, offset + done, part, record, Integer.BYTES);
            ByteBuffer.wrap(record).putInt(sealed);
            writingSince = System.nanoTime() | 1;
            stream.write(record, 0, Integer.BYTES + sealed);
            writingSince = 0;
            done += part;
        }
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    /** When the write began that is under way, as {@link System#nanoTime} says; 0 when none is. */
    long writingSince() {
        return writingSince;
    }
}
