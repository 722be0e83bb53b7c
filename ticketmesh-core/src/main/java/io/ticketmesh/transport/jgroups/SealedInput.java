package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.RecordSeal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.Objects;
import javax.crypto.AEADBadTagException;

/** Reads sealed records: 4 bytes of length, at most {@value SealedOutput#MAX_RECORD_BYTES} and the tag. One thread reads. */
final class SealedInput extends InputStream {
    private final DataInputStream stream;
    private final RecordSeal seal;
    private final byte[] sealed = new byte[SealedOutput.MAX_RECORD_BYTES + RecordSeal.OVERHEAD];
    private final byte[] opened = new byte[SealedOutput.MAX_RECORD_BYTES];
    private int position;
    private int limit;

    SealedInput(InputStream stream, RecordSeal seal) {
        this.stream = new DataInputStream(stream);
        this.seal = seal;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == limit) {
            readRecord();
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(opened, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return limit - position;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void readRecord() throws IOException {
        int length = stream.readInt();
        if (length <= RecordSeal.OVERHEAD || length > sealed.length) {
            throw new StreamCorruptedException("A record cannot have " + length + " bytes");
        }
        stream.readFully(sealed, 0, length);
        try {
            limit = seal.open(sealed, 0, length, opened);
            position = 0;
        } catch (AEADBadTagException e) {
            throw new IOException("A record did not open", e);
        }
    }
}
