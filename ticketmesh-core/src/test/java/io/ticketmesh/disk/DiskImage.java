package io.ticketmesh.disk;

import io.ticketmesh.disk.DiskOperation.Create;
import io.ticketmesh.disk.DiskOperation.Delete;
import io.ticketmesh.disk.DiskOperation.Rename;
import io.ticketmesh.disk.DiskOperation.Resize;
import io.ticketmesh.disk.DiskOperation.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is on a disk at one moment. Copies are cheap. */
final class DiskImage {
    final TreeMap<String, Integer> names = new TreeMap<>();
    final Map<Integer, Content> files = new HashMap<>();

    DiskImage copy() {
        DiskImage copy = new DiskImage();
        copy.names.putAll(names);
        files.forEach((number, content) -> copy.files.put(number, content.copy()));
        return copy;
    }

    Content content(int file) {
        return files.computeIfAbsent(file, number -> new Content());
    }

    /** Applies an operation; a rename whose file is missing, because its creation was lost, has no effect. */
    void apply(DiskOperation operation) {
        if (operation instanceof Write write) {
            content(write.file()).write(write.position(), write.bytes(), 0, write.bytes().length);
        } else if (operation instanceof Resize resize) {
            content(resize.file()).resize(resize.size());
        } else if (operation instanceof Create create) {
            names.put(create.name(), create.file());
            content(create.file());
        } else if (operation instanceof Delete delete) {
            names.remove(delete.name());
        } else if (operation instanceof Rename rename && names.containsKey(rename.from())) {
            names.put(rename.to(), names.remove(rename.from()));
        }
    }
}
