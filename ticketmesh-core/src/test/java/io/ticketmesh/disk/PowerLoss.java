package io.ticketmesh.disk;

import io.ticketmesh.disk.DiskOperation.Create;
import io.ticketmesh.disk.DiskOperation.Delete;
import io.ticketmesh.disk.DiskOperation.FailedForce;
import io.ticketmesh.disk.DiskOperation.FailedForceDirectory;
import io.ticketmesh.disk.DiskOperation.Force;
import io.ticketmesh.disk.DiskOperation.ForceDirectory;
import io.ticketmesh.disk.DiskOperation.Rename;
import io.ticketmesh.disk.DiskOperation.Resize;
import io.ticketmesh.disk.DiskOperation.Write;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The loss of what no force has covered: each such operation is there, absent, or (a write) torn, independently of the
 * others. That is more than real file systems do, and all that the contract of {@link Disk} allows.
 */
final class PowerLoss {
    private static final int SECTOR_BYTES = 512;
    private static final int DIRECTORY = -1;

    /** Chooses the fate of each operation; absent: all is lost. */
    private final @Nullable Random random;

    PowerLoss(@Nullable Random random) {
        this.random = random;
    }

    DiskImage strike(DiskImage base, List<DiskOperation> operations) {
        DiskImage image = base.copy();
        BitSet durable = durable(operations);
        for (int i = 0; i < operations.size(); i++) {
            if (durable.get(i)) {
                image.apply(operations.get(i));
            } else if (random != null) {
                perhaps(image, operations.get(i), random);
            }
        }
        image.files.keySet().retainAll(new HashSet<>(image.names.values()));
        image.names.values().forEach(image::content);
        return image;
    }

    private static BitSet durable(List<DiskOperation> operations) {
        BitSet durable = new BitSet();
        Set<Integer> forced = new HashSet<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            DiskOperation operation = operations.get(i);
            if (operation instanceof Force force) {
                forced.add(force.file());
            } else if (operation instanceof FailedForce force) {
                forced.remove(force.file());
            } else if (operation instanceof ForceDirectory) {
                forced.add(DIRECTORY);
            } else if (operation instanceof FailedForceDirectory) {
                forced.remove(DIRECTORY);
            } else if (forced.contains(subject(operation))) {
                durable.set(i);
            }
        }
        return durable;
    }

    private static int subject(DiskOperation operation) {
        if (operation instanceof Write write) {
            return write.file();
        }
        return operation instanceof Resize resize ? resize.file() : DIRECTORY;
    }

    private static void perhaps(DiskImage image, DiskOperation operation, Random random) {
        boolean directory = operation instanceof Create || operation instanceof Delete || operation instanceof Rename;
        int fate = random.nextInt(directory || operation instanceof Resize ? 2 : 4);
        if (fate == 0) {
            return;
        }
        if (fate == 1 || !(operation instanceof Write write)) {
            image.apply(operation);
        } else if (fate == 2) {
            int torn = random.nextInt(write.bytes().length + 1);
            image.content(write.file()).write(write.position(), write.bytes(), 0, torn);
        } else {
            tearBySectors(image.content(write.file()), write, random);
        }
    }

    /** Some sectors are there, others are not, while the size may already say that all are. */
    private static void tearBySectors(Content content, Write write, Random random) {
        if (random.nextBoolean()) {
            content.resize(Math.max(content.size(), write.position() + write.bytes().length));
        }
        int from = 0;
        while (from < write.bytes().length) {
            long position = write.position() + from;
            int part = (int) Math.min(write.bytes().length - from, SECTOR_BYTES - position % SECTOR_BYTES);
            if (random.nextBoolean()) {
                content.write(write.position(), write.bytes(), from, from + part);
            }
            from += part;
        }
    }
}
