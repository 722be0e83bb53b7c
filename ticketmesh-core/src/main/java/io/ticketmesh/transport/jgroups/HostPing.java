package io.ticketmesh.transport.jgroups;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.NoBundler;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.TpHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;

/**
 * Asks hosts for members. Which hosts is asked anew every few seconds, so a name may point elsewhere and a registry may learn.
 *
 * <p>Requests bypass the bundler, which would keep a thread for each address that was ever asked.
 */
final class HostPing extends TCPPING {
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<List<InetSocketAddress>> hosts;
    private final AtomicLong refreshedAt = new AtomicLong();
    private final NoBundler direct = new NoBundler();

    HostPing(Supplier<List<InetSocketAddress>> hosts) {
        this.hosts = hosts;
        setId(ClassConfigurator.getProtocolId(TCPPING.class));
        setPortRange(0);
        asyncDiscoveryUseSeparateThread(true);
        numDiscoveryRuns(Stack.DISCOVERY_RUNS);
        initial_hosts_set_programmatically = true;
    }

    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public void init() throws Exception {
        super.init();
        direct.init(transport);
    }

    @Override
    public void findMembers(@Nullable List<Address> members, boolean initial, Responses responses) {
        if (initial) {
            refresh();
        } else {
            long now = System.nanoTime();
            long before = refreshedAt.get();
            if (now - before > REFRESH_NANOS && refreshedAt.compareAndSet(before, now)) {
                timer.execute(this::refresh, true);
            }
        }
        super.findMembers(members, initial, responses);
    }

    @Override
    protected void sendDiscoveryRequest(Message request) {
        request.putHeaderIfAbsent(ClassConfigurator.getProtocolId(TP.class), new TpHeader(cluster_name));
        request.setSrc(local_addr);
        try {
            direct.send(request);
        } catch (Exception e) {
            log.debug("%s does not answer: %s", request.getDest(), e.toString());
        }
    }

    private void refresh() {
        refreshedAt.set(System.nanoTime());
        try {
            List<PhysicalAddress> found = hosts.get().stream()
                    .filter(host -> !host.isUnresolved())
                    .map(host -> (PhysicalAddress) new IpAddress(host.getAddress(), host.getPort()))
                    .distinct()
                    .toList();
            initial_hosts = found;
        } catch (RuntimeException e) {
            log.warn("The hosts to ask for members stay the same: %s", e.toString());
        }
    }
}
