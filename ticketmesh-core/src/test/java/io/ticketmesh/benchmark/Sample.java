package io.ticketmesh.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one kind. Not thread-safe. */
final class Sample {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    double min() {
        return quantile(0);
    }

    double max() {
        return quantile(1);
    }

    double quantile(double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    /** The median of the ratios of values that were measured one beside the other. */
    double ratioTo(Sample other) {
        Sample ratios = new Sample();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios.median();
    }
}
