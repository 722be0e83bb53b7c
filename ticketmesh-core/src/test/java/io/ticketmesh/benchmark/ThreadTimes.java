package io.ticketmesh.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/** The processor time that TicketMesh's threads have used, by name. It says what a write costs even when the machine is busy. */
record ThreadTimes(Map<String, Long> nanos) {
    static ThreadTimes now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new TreeMap<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            long used = threads.getThreadCpuTime(id);
            if (info != null && used > 0 && info.getThreadName().startsWith("ticketmesh-")) {
                nanos.merge(info.getThreadName().substring("ticketmesh-".length()), used, Long::sum);
            }
        }
        return new ThreadTimes(nanos);
    }

    /** Microseconds for each of so many writes since {@code before}. */
    Map<String, Double> perWriteSince(ThreadTimes before, long writes) {
        Map<String, Double> each = new TreeMap<>();
        nanos.forEach((name, used) ->
                each.put(name, (used - before.nanos.getOrDefault(name, 0L)) / 1e3 / Math.max(1, writes)));
        return each;
    }
}
