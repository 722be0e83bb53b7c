package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.disk.Disk;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.mapdb.DB;
import org.mapdb.DBMaker;

/** MapDB on its volume, and the tables in it. */
final class Database implements AutoCloseable {
    private final CheckpointedVolume volume;
    private final DB db;
    private final Tables tables;
    private final NewestCommit newest;

    private Database(CheckpointedVolume volume, DB db, Tables tables, WireCodec codec) {
        this.volume = volume;
        this.db = db;
        this.tables = tables;
        this.newest = new NewestCommit(tables, codec);
    }

    /**
     * Opens the newest checkpoint, or an empty database when there is none.
     *
     * @param options of the changes that are understood, and how keys are gathered
     */
    static Database open(Disk disk, NodeId node, WireCodec codec, MapDbOptions options) throws IOException {
        CheckpointedVolume volume = CheckpointedVolume.open(disk, identity(node));
        try {
            DB db = DBMaker.volumeDB(volume, volume.existed()).make();
            byte[] mark = volume.openedMark().orElse(null);
            Tables tables = mark == null
                    ? Tables.create(db.getStore(), codec, node, options)
                    : Tables.open(
                            db.getStore(),
                            codec,
                            node,
                            options,
                            ByteBuffer.wrap(mark).getLong());
            return new Database(volume, db, tables, codec);
        } catch (IOException | RuntimeException | Error e) {
            volume.close();
            throw e;
        }
    }

    static UUID identity(NodeId node) {
        return new UUID(node.high(), node.low());
    }

    Tables tables() {
        return tables;
    }

    CheckpointedVolume volume() {
        return volume;
    }

    /** What is in the log and not in the tables. */
    NewestCommit newest() {
        return newest;
    }

    /** Applies the newest commit if it waits, and freezes. Only between two commits. */
    Checkpoint freeze() {
        return newest.applied(this::freezeTables);
    }

    private Checkpoint freezeTables() {
        tables.nodes.writeAll();
        tables.write();
        db.commit();
        return volume.freeze(
                ByteBuffer.allocate(Long.BYTES).putLong(tables.record()).array());
    }

    /** Closes the files; what is in no checkpoint is dropped. */
    @Override
    public void close() {
        volume.close();
    }
}
