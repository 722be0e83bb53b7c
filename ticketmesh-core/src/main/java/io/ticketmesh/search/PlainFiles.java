package io.ticketmesh.search;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.BufferedIndexInput;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FSLockFactory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/**
 * Lucene's files, read with plain system calls. Lucene's own ways fit a guest in somebody else's application worse: mapped memory
 * makes newer Javas warn of native access, and a channel is closed for all when one reader is interrupted.
 */
final class PlainFiles extends FSDirectory {
    PlainFiles(Path directory) throws IOException {
        super(directory, FSLockFactory.getDefault());
        emptyLock(directory.resolve(IndexWriter.WRITE_LOCK_NAME));
    }

    /** Lucene refuses a lock file that holds bytes, which says nothing of whether it is locked. */
    private static void emptyLock(Path lock) throws IOException {
        if (Files.isRegularFile(lock) && Files.size(lock) > 0) {
            Files.newByteChannel(lock, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
        ensureOpen();
        ensureCanRead(name);
        Path path = getDirectory().resolve(name);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            return new Input(name, context, file);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** A file, or a part of one. Clones and parts share the file; whoever reads it holds its monitor meanwhile. */
    private static final class Input extends BufferedIndexInput {
        private final RandomAccessFile file;
        private final long start;
        private final long end;
        private boolean owner;

        Input(String name, IOContext context, RandomAccessFile file) throws IOException {
            super(name, context);
            this.file = file;
            this.owner = true;
            this.start = 0;
            this.end = file.length();
        }

        private Input(String part, Input whole, long offset, long length) {
            super(part, whole.getBufferSize());
            this.file = whole.file;
            this.owner = false;
            this.start = whole.start + offset;
            this.end = start + length;
        }

        @Override
        public IndexInput slice(String part, long offset, long length) {
            if (offset < 0 || length < 0 || offset > length() - length) {
                throw new IllegalArgumentException(
                        "No bytes " + offset + " to " + (offset + length) + " in the " + length() + " of " + this);
            }
            return new Input(getFullSliceDescription(part), this, offset, length);
        }

        @Override
        public Input clone() {
            Input copy = (Input) super.clone();
            copy.owner = false;
            return copy;
        }

        @Override
        public long length() {
            return end - start;
        }

        @Override
        protected void readInternal(ByteBuffer into) throws IOException {
            int wanted = into.remaining();
            long from = start + getFilePointer();
            if (from + wanted > end) {
                throw new EOFException("No " + wanted + " bytes at " + getFilePointer() + " of " + this);
            }
            synchronized (file) {
                file.seek(from);
                file.readFully(into.array(), into.arrayOffset() + into.position(), wanted);
            }
            into.position(into.limit());
        }

        @Override
        protected void seekInternal(long position) throws IOException {
            if (position > length()) {
                throw new EOFException("No place " + position + " in the " + length() + " bytes of " + this);
            }
        }

        @Override
        public void close() throws IOException {
            if (owner) {
                file.close();
            }
        }
    }
}
