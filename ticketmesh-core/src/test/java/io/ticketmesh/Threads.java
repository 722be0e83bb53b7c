package io.ticketmesh;

import java.util.List;

/** The threads of this library that are alive in this process. */
public final class Threads {
    private Threads() {}

    public static List<String> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ticketmesh-"))
                .sorted()
                .toList();
    }
}
