package io.ticketmesh.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What has gone over loopback, as the kernel counts it: with the headers of all layers, and a multicast once. Linux only. */
record LoopbackTraffic(long bytes, long packets, long nanos) {
    static LoopbackTraffic now() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/net/dev"))) {
            String[] words = line.strip().split("[:\\s]+");
            if (words[0].equals("lo")) {
                return new LoopbackTraffic(Long.parseLong(words[1]), Long.parseLong(words[2]), System.nanoTime());
            }
        }
        throw new IOException("/proc/net/dev does not list lo");
    }

    LoopbackTraffic since(LoopbackTraffic before) {
        return new LoopbackTraffic(bytes - before.bytes, packets - before.packets, nanos - before.nanos);
    }

    double bytesPerSecond() {
        return bytes * 1e9 / nanos;
    }

    /** Bytes for each of so many writes, less what goes over when nobody writes. */
    double bytesPerWrite(long writes, LoopbackTraffic idle) {
        return (bytes - idle.bytesPerSecond() * nanos / 1e9) / writes;
    }

    double packetsPerWrite(long writes) {
        return (double) packets / writes;
    }
}
