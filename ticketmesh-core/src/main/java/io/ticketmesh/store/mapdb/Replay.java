package io.ticketmesh.store.mapdb;

import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.store.Staging;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings a database up to the end of the log, in batches, the way commits go. For one thread, before anybody else comes. */
final class Replay {
    private static final int BATCH = 512;

    /** A batch is held several times while it is applied: as it was read, as objects, as records and as pages. */
    private static final long BATCH_BYTES = 4 << 20;

    private final Database database;
    private final EntryLog log;
    private final ReplicaReader reader;
    private final WireCodec codec;
    private final MapDbOptions options;
    private final List<StoredEntry> batch = new ArrayList<>();
    private long batchBytes;
    private int sinceCheckpoint;

    Replay(Database database, EntryLog log, ReplicaReader reader, WireCodec codec, MapDbOptions options) {
        this.database = database;
        this.log = log;
        this.reader = reader;
        this.codec = codec;
        this.options = options;
    }

    /** Replays all that was not applied; returns how many entries are in no checkpoint now. */
    int run() throws IOException {
        log.replay(database.tables().standing.index() + 1, (commit, bytes) -> {
            batch.addAll(commit);
            batchBytes += bytes;
            if (batch.size() >= BATCH || batchBytes >= BATCH_BYTES) {
                apply();
            }
        });
        if (!batch.isEmpty()) {
            apply();
        }
        return sinceCheckpoint;
    }

    private void apply() throws IOException {
        Staging staging = new Staging(reader);
        batch.forEach(stored -> staging.apply(stored.entry()));
        Application.apply(staging.commit(), batch, database.tables(), codec);
        sinceCheckpoint += batch.size();
        batch.clear();
        batchBytes = 0;
        if (database.volume().dirtyBytes() >= options.checkpointBytes()) {
            database.freeze().write();
            sinceCheckpoint = 0;
        }
    }
}
