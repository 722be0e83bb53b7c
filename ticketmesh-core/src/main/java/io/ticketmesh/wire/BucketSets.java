package io.ticketmesh.wire;

import io.ticketmesh.store.ReplicaReader;
import java.util.Set;
import java.util.TreeSet;

/** The form of a set of buckets: their numbers, rising. An empty set, which stands for all of them, is not written. */
final class BucketSets {
    private BucketSets() {}

    static void write(WireOutput output, int tag, Set<Integer> buckets) {
        if (!buckets.isEmpty()) {
            output.open(tag);
            for (int bucket : new TreeSet<>(buckets)) {
                output.unsigned(bucket);
            }
            output.closeFrame();
        }
    }

    static Set<Integer> read(WireInput input, int tag) {
        TreeSet<Integer> buckets = new TreeSet<>();
        if (input.open(tag)) {
            while (input.hasMore()) {
                int bucket = input.number(ReplicaReader.BUCKETS - 1);
                if (!buckets.isEmpty() && bucket <= buckets.last()) {
                    throw input.malformed("Bucket " + bucket + " comes after " + buckets.last());
                }
                buckets.add(bucket);
            }
            input.closeFrame();
        }
        return buckets;
    }
}
