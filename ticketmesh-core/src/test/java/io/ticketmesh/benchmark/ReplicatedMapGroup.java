package io.ticketmesh.benchmark;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What else could be taken: members of Hazelcast with a replicated map of the bytes of a ticket by its id, in memory. */
final class ReplicatedMapGroup implements Group {
    private static final int FIRST_PORT = 17_810;
    private static final String MAP = "tickets";

    private final List<HazelcastInstance> members = new ArrayList<>();
    private final ReplicatedMap<UUID, byte[]> map;
    private final byte[] bytes;
    private final Arrivals arrivals;
    private final AtomicLong count = new AtomicLong();

    ReplicatedMapGroup(int size, String cluster, byte[] bytes) throws InterruptedException {
        this.bytes = bytes;
        arrivals = new Arrivals(size - 1);
        Config config = config(size, cluster);
        for (int node = 0; node < size; node++) {
            HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
            members.add(member);
            ReplicatedMap<UUID, byte[]> replica = member.getReplicatedMap(MAP);
            if (node > 0) {
                replica.addEntryListener(new Ear(arrivals, node - 1));
            }
        }
        map = members.get(0).getReplicatedMap(MAP);
        Quiet.until(
                "all members see each other",
                () -> members.stream()
                        .allMatch(member -> member.getCluster().getMembers().size() == size
                                && member.getPartitionService().isClusterSafe()));
    }

    private static Config config(int size, String cluster) {
        Config config = new Config().setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(FIRST_PORT).setPortAutoIncrement(true);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .setMembers(IntStream.range(FIRST_PORT, FIRST_PORT + size)
                        .mapToObj(port -> "127.0.0.1:" + port)
                        .toList());
        config.getReplicatedMapConfig(MAP).setInMemoryFormat(InMemoryFormat.BINARY);
        return config;
    }

    private static final class Ear extends EntryAdapter<UUID, byte[]> {
        private final Arrivals arrivals;
        private final int node;

        Ear(Arrivals arrivals, int node) {
            this.arrivals = arrivals;
            this.node = node;
        }

        @Override
        public void entryAdded(EntryEvent<UUID, byte[]> event) {
            arrivals.heard(node);
        }
    }

    @Override
    public String name() {
        return "Hazelcast ReplicatedMap, in memory";
    }

    @Override
    public void write() {
        long number = count.getAndIncrement();
        map.put(new UUID(number * 0x9E3779B97F4A7C15L, number), bytes);
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void forget() {
        map.clear();
    }

    @Override
    public void close() {
        members.forEach(HazelcastInstance::shutdown);
    }
}
