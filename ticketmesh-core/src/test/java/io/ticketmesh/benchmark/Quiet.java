package io.ticketmesh.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits between measurements. */
final class Quiet {
    private static final long STEP_MILLIS = 250;
    private static final long LONGEST_MILLIS = 180_000;
    /** As part of one processor. */
    private static final double LITTLE = 0.1;

    private Quiet() {}

    /** Waits until something holds. */
    static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited three minutes for: " + what);
            }
            pass(20);
        }
    }

    /** Lets time pass in which something is counted. */
    static void pass(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis * 1_000_000; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits until this process has next to nothing to do, such as after writes whose words are still being indexed. */
    static void process() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        until("little to do", () -> idle(system));
    }

    private static boolean idle(OperatingSystemMXBean system) {
        long used = system.getProcessCpuTime();
        long began = System.nanoTime();
        pass(STEP_MILLIS);
        return system.getProcessCpuTime() - used < LITTLE * (System.nanoTime() - began);
    }
}
