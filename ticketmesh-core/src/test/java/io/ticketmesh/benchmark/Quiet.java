package io.ticketmesh.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/** Waits between measurements. */
final class Quiet {
    private static final long STEP_MILLIS = 250;
    private static final long LONGEST_MILLIS = 60_000;
    /** As part of one processor. */
    private static final double LITTLE = 0.1;

    private Quiet() {}

    /** Waits until something holds. */
    static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_MILLIS * 1_000_000;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited a minute for: " + what);
            }
            Thread.sleep(20);
        }
    }

    /** Waits until this process has next to nothing to do, such as after writes whose words are still being indexed. */
    static void process() throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        until("little to do", () -> idle(system));
    }

    private static boolean idle(OperatingSystemMXBean system) {
        long used = system.getProcessCpuTime();
        long began = System.nanoTime();
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        return system.getProcessCpuTime() - used < LITTLE * (System.nanoTime() - began);
    }
}
