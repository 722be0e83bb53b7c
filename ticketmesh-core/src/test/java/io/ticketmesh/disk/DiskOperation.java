package io.ticketmesh.disk;

/** What was done to a {@link MemoryDisk}. Files are numbered in the order of their creation. */
sealed interface DiskOperation {
    record Write(int file, long position, byte[] bytes) implements DiskOperation {
        @Override
        public String toString() {
            return "Write[file=" + file + ", position=" + position + ", bytes=" + bytes.length + "]";
        }
    }

    record Resize(int file, long size) implements DiskOperation {}

    record Force(int file) implements DiskOperation {}

    /** A force that failed: what it should have made durable never will be, whatever later forces say. */
    record FailedForce(int file) implements DiskOperation {}

    record Create(String name, int file) implements DiskOperation {}

    record Delete(String name) implements DiskOperation {}

    record Rename(String from, String to) implements DiskOperation {}

    record ForceDirectory() implements DiskOperation {}

    record FailedForceDirectory() implements DiskOperation {}
}
