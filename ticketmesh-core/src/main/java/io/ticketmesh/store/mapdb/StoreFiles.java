package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import java.io.IOException;

/** Which files a store has, and how its database is thrown away to be built anew from the log. */
final class StoreFiles {
    private static final String DATABASE = "database";
    private static final String LOG = "segment-";

    /** Says that the database must not be used any more; durable before the first of its files is deleted. */
    private static final String CONDEMNED = "rebuild";

    private StoreFiles() {}

    static boolean isOurs(String name) {
        return name.equals(CONDEMNED) || isDatabase(name) || name.startsWith(LOG);
    }

    private static boolean isDatabase(String name) {
        return name.equals(DATABASE) || name.startsWith(DATABASE + ".");
    }

    static boolean isCondemned(Disk disk) throws IOException {
        return disk.exists(CONDEMNED);
    }

    /** Lets the next open build the database anew. */
    static void condemn(Disk disk) throws IOException {
        try (DiskFile file = disk.open(CONDEMNED)) {
            file.force();
        }
        disk.forceDirectory();
    }

    /** Deletes a condemned database. */
    static void deleteDatabase(Disk disk) throws IOException {
        for (String name : disk.list()) {
            if (isDatabase(name)) {
                disk.delete(name);
            }
        }
        disk.forceDirectory();
        disk.delete(CONDEMNED);
        disk.forceDirectory();
    }
}
