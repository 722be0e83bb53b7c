package io.ticketmesh.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the kernel says about the sockets of a process; Linux only. */
final class OpenSockets {
    private static final String TCP_LISTEN = "0A";

    private OpenSockets() {}

    /** Each TCP port that it listens at and each UDP port that it has bound, as {@code tcp 8080}. */
    static Set<String> of(long pid) throws IOException {
        Set<String> inodes = inodes(pid);
        Set<String> open = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            boolean tcp = table.startsWith("tcp");
            List<String> lines = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "net", table));
            for (String line : lines.subList(1, lines.size())) {
                String[] columns = line.strip().split("\\s+");
                if (inodes.contains(columns[9]) && (!tcp || columns[3].equals(TCP_LISTEN))) {
                    String port = columns[1].substring(columns[1].indexOf(':') + 1);
                    open.add((tcp ? "tcp " : "udp ") + Integer.parseInt(port, 16));
                }
            }
        }
        return open;
    }

    private static Set<String> inodes(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = targetOf(descriptor);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring(8, target.length() - 1));
                }
            }
        }
        return inodes;
    }

    /** Empty when it was closed meanwhile. */
    private static String targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
