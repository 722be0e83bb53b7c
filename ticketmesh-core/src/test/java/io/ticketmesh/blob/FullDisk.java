package io.ticketmesh.blob;

import io.ticketmesh.ticket.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Fills a small disk, in a process of its own, and tells line by line what happens. */
final class FullDisk {
    private static final int PIECE = 64 << 10;

    private FullDisk() {}

    /** @param arguments a directory on a disk of four megabytes */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (FileBlobs blobs = FileBlobs.open(directory, 0, System::currentTimeMillis)) {
            ContentHash before = put(blobs, 1, 1 << 20);
            try {
                put(blobs, 2, 8 << 20);
                System.out.println("all was kept");
            } catch (NoRoomException full) {
                System.out.println("no room");
            }
            System.out.println("drafts left: " + count(directory.resolve("drafts")));
            ContentHash after = put(blobs, 3, 1 << 20);
            System.out.println("kept: " + blobs.list(null, 10).containsAll(List.of(before, after)) + ", "
                    + blobs.list(null, 10).size());
        }
    }

    private static ContentHash put(BlobStore blobs, int seed, int length) {
        Random random = new Random(seed);
        byte[] piece = new byte[PIECE];
        try (BlobDraft draft = blobs.draft()) {
            for (int at = 0; at < length; at += PIECE) {
                random.nextBytes(piece);
                draft.write(piece, 0, PIECE);
            }
            return draft.keep().hash();
        }
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
