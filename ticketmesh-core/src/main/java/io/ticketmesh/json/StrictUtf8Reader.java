package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Characters from UTF-8 bytes, and nothing but UTF-8: jackson-core's own byte parser lets overlong forms and surrogates pass,
 * so it never sees a byte. One byte order mark at the very start is skipped, as RFC 8259 allows a reader to do. Everything
 * before a bad byte is handed out first, so that a fault of syntax in front of it is the one reported. Counts bytes against
 * the limit, and lines, columns and offsets for the messages. Does not close the stream. For one thread.
 */
final class StrictUtf8Reader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** How many of the characters last handed out stay readable; a power of two, more than two fillings of the parser. */
    private static final int RECENT = 1 << 13;

    private final InputStream input;
    private final long limitBytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(8192).flip();
    private final char[] recent = new char[RECENT];
    private long readBytes;
    private boolean ended;
    private boolean started;

    private int line = 1;
    private int column = 1;
    private long offset;
    private boolean afterReturn;

    StrictUtf8Reader(InputStream input, long limitBytes) {
        this.input = input;
        this.limitBytes = limitBytes;
    }

    /** At least two characters must fit, because one code point may need both. */
    @Override
    public int read(char[] target, int from, int length) throws IOException {
        if (length < 2) {
            throw new IllegalArgumentException("room for " + length + " characters, at least 2 are needed");
        }
        CharBuffer chars = CharBuffer.wrap(target, from, length);
        while (true) {
            int before = chars.position();
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (!started && chars.position() > before) {
                started = true;
                if (target[from] == BYTE_ORDER_MARK) {
                    System.arraycopy(target, from + 1, target, from, chars.position() - before - 1);
                    chars.position(chars.position() - 1);
                }
            }
            int count = chars.position() - before;
            if (count > 0) {
                advance(target, from, count);
                return count;
            }
            if (result.isError()) {
                throw fault(Reason.ENCODING, "the bytes are not valid UTF-8");
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        long allowed = limitBytes - readBytes;
        if (allowed == 0) {
            if (input.read() >= 0) {
                throw fault(Reason.TOO_LARGE, "the document has more than " + limitBytes + " bytes");
            }
            ended = true;
        } else {
            int room = (int) Math.min(bytes.remaining(), allowed);
            int count = input.read(bytes.array(), bytes.position(), room);
            if (count < 0) {
                ended = true;
            } else {
                readBytes += count;
                bytes.position(bytes.position() + count);
            }
        }
        bytes.flip();
    }

    private void advance(char[] chars, int from, int count) {
        for (int i = from; i < from + count; i++) {
            char next = chars[i];
            recent[(int) (offset++ & (RECENT - 1))] = next;
            if (next == '\n' && afterReturn) {
                afterReturn = false;
            } else if (next == '\n' || next == '\r') {
                line++;
                column = 1;
                afterReturn = next == '\r';
            } else {
                column++;
                afterReturn = false;
            }
        }
    }

    /** The character at an offset, or 0 if it was not handed out yet or too long ago. */
    char charAt(long at) {
        return at < 0 || at >= offset || at < offset - RECENT ? 0 : recent[(int) (at & (RECENT - 1))];
    }

    private MalformedJsonException fault(Reason reason, String problem) {
        return new MalformedJsonException(reason, problem, line, column, offset);
    }

    @Override
    public void close() {}
}
