package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk that lets something else happen before each write and force, as if another thread had its turn there. */
final class BusyDisk implements Disk {
    private final Disk disk;
    private Runnable meanwhile = () -> {};

    BusyDisk(Disk disk) {
        this.disk = disk;
    }

    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public boolean exists(String name) throws IOException {
        return disk.exists(name);
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new BusyFile(disk.open(name));
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void forceDirectory() throws IOException {
        disk.forceDirectory();
    }

    private final class BusyFile implements DiskFile {
        private final DiskFile file;

        BusyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            file.read(position, target);
        }

        @Override
        public void write(long position, ByteBuffer source) throws IOException {
            meanwhile.run();
            file.write(position, source);
        }

        @Override
        public void force() throws IOException {
            meanwhile.run();
            file.force();
        }

        @Override
        public void resize(long size) throws IOException {
            file.resize(size);
        }

        @Override
        public ByteBuffer map(long position, int length) throws IOException {
            return file.map(position, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
