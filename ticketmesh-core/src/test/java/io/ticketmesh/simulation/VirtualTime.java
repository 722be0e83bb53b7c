package io.ticketmesh.simulation;

import java.util.PriorityQueue;

/** Time that passes only when told to: a queue of things to do. Things due at once are done in the order in which they were planned. */
final class VirtualTime {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nowMillis;
    private long planned;

    private record Task(long atMillis, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    long nowMillis() {
        return nowMillis;
    }

    void after(long millis, Runnable work) {
        tasks.add(new Task(nowMillis + millis, planned++, work));
    }

    void run(long millis) {
        long until = nowMillis + millis;
        while (!tasks.isEmpty() && tasks.peek().atMillis() <= until) {
            Task task = tasks.remove();
            nowMillis = task.atMillis();
            task.work().run();
        }
        nowMillis = until;
    }
}
