package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MeshKeys;
import io.ticketmesh.seal.SealKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Registries, servers and clients with a network between them and virtual time: what really decides runs, with real bytes; threads and
 * sockets do not. A seed decides all that happens.
 *
 * <p>Two checks are always on: who lives, and can be heard, does not vanish from the list of a client; and who drains is not up again.
 */
final class RegistryWorld {
    static final ClusterName CLUSTER = new ClusterName("helpdesk");
    static final SealKey KEY =
            MeshKeys.ofSecret(CLUSTER, "correct horse battery").registry();
    private static final int SOCKET_BUFFER = 300;

    final Random random;
    private final long seed;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Station> stations = new ArrayList<>();
    private final List<InetSocketAddress> configured = new ArrayList<>();
    private final Set<Way> cut = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private long now;
    private long number;
    private int lossPercent;
    private int repeatPercent;
    private int delayMillis = 2;
    private long incarnations;
    private BiConsumer<Station, byte[]> listener = (from, bytes) -> {};

    RegistryWorld(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    private record Way(Station from, Station to) {}

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private record Arrived(InetSocketAddress source, byte[] bytes) {}

    /** Hears whatever is sent. */
    void listen(BiConsumer<Station, byte[]> newListener) {
        listener = newListener;
    }

    long now() {
        return now;
    }

    /** Chances in per cent, and the longest delay, which reorders. */
    void disturb(int loss, int repeat, int delay) {
        lossPercent = loss;
        repeatPercent = repeat;
        delayMillis = delay;
    }

    void cut(Station one, Station other) {
        cut.add(new Way(one, other));
        cut.add(new Way(other, one));
    }

    void heal() {
        cut.clear();
    }

    /** Everybody who comes later knows its address. */
    RegistryStation registry(String name) {
        RegistryStation registry = new RegistryStation(name);
        configured.add(registry.address);
        registry.start();
        return registry;
    }

    ServerStation server(String name) {
        ServerStation server = new ServerStation(name);
        server.start();
        return server;
    }

    ClientStation client(String name) {
        return new ClientStation(name);
    }

    List<ServerStation> servers() {
        return stations.stream()
                .filter(ServerStation.class::isInstance)
                .map(ServerStation.class::cast)
                .toList();
    }

    List<RegistryStation> registries() {
        return stations.stream()
                .filter(RegistryStation.class::isInstance)
                .map(RegistryStation.class::cast)
                .toList();
    }

    List<ClientStation> clients() {
        return stations.stream()
                .filter(ClientStation.class::isInstance)
                .map(ClientStation.class::cast)
                .toList();
    }

    /** Lets virtual time pass. */
    void run(long millis) {
        long end = now + millis;
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    private void note(Object who, String what) {
        notes.add(now + " " + who + " " + what);
    }

    private void after(long millis, Runnable action) {
        events.add(new Event(now + millis, number++, action));
    }

    private void carry(Station from, InetSocketAddress target, byte[] bytes) {
        listener.accept(from, bytes);
        for (Station to : List.copyOf(stations)) {
            if (to.address.equals(target) && !cut.contains(new Way(from, to))) {
                int copies = chance(lossPercent) ? 0 : chance(repeatPercent) ? 2 : 1;
                for (int copy = 0; copy < copies; copy++) {
                    after(1 + random.nextInt(delayMillis), () -> to.arrive(new Arrived(from.address, bytes)));
                }
            }
        }
    }

    private boolean chance(int percent) {
        return percent > 0 && random.nextInt(100) < percent;
    }

    private DatagramCodec codec() {
        return new DatagramCodec(CLUSTER, KEY, null, new Tally());
    }

    private KnownRegistries known(DatagramCodec codec) {
        KnownRegistries known = new KnownRegistries(codec, null, UnaryOperator.identity(), random);
        known.configure(configured, now);
        return known;
    }

    /** A process with a socket: it runs, is paused, or is gone. */
    abstract class Station {
        final String name;
        final InetSocketAddress address;
        private final Deque<Arrived> buffer = new ArrayDeque<>();
        private @Nullable Party party;
        private boolean paused;
        private long wakeAt;

        Station(String name, int port) {
            this.name = name;
            this.address = new InetSocketAddress(host(stations.size() + 1), port);
            stations.add(this);
        }

        void run(Party newParty) {
            note(this, "starts");
            party = newParty;
            paused = false;
            buffer.clear();
            wake();
        }

        boolean isRunning() {
            return party != null;
        }

        boolean isPaused() {
            return paused;
        }

        /** As SIGKILL does. */
        void kill() {
            note(this, "is killed");
            party = null;
        }

        /** As SIGSTOP does: what comes waits in the socket, as far as there is room. */
        void pause() {
            note(this, "is paused");
            paused = true;
        }

        void resume() {
            note(this, "goes on");
            paused = false;
            List<Arrived> waiting = List.copyOf(buffer);
            buffer.clear();
            waiting.forEach(this::arrive);
            wake();
        }

        private void arrive(Arrived arrived) {
            Party running = party;
            if (running == null) {
                return;
            }
            if (paused) {
                if (buffer.size() < SOCKET_BUFFER) {
                    buffer.add(arrived);
                }
                return;
            }
            running.receive(arrived.source(), arrived.bytes(), arrived.bytes().length, now, this::send);
            wake();
        }

        void wake() {
            Party running = party;
            if (running == null || paused) {
                return;
            }
            long next = Math.min(now + 250, running.tick(now, this::send));
            long at = Math.max(now + 1, next);
            wakeAt = at;
            after(at - now, () -> {
                if (wakeAt == at && party == running) {
                    wake();
                }
            });
        }

        private void send(InetSocketAddress target, byte[] bytes) {
            carry(this, target, bytes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    final class RegistryStation extends Station {
        private Registry registry;

        RegistryStation(String name) {
            super(name, 7840);
            registry = fresh();
        }

        /** Empty, and knowing nobody. */
        void start() {
            registry = fresh();
            run(registry);
        }

        Registry registry() {
            return registry;
        }

        private Registry fresh() {
            return new Registry(codec(), Limits.STANDARD, random, now);
        }
    }

    final class ServerStation extends Station {
        final NodeId node;
        private @Nullable Registrar registrar;
        private boolean wantsToLive;
        private long incarnation;

        ServerStation(String name) {
            super(name, 40_000);
            node = new NodeId(7, stations.size());
        }

        /** A new run of the same server. */
        void start() {
            incarnation = ++incarnations;
            Instance instance = Instance.of(node, incarnation)
                    .withHttp(URI.create("http://" + address.getAddress().getHostAddress() + ":8080"));
            DatagramCodec codec = codec();
            Registrar begun = new Registrar(codec, known(codec), random, instance, 0);
            registrar = begun;
            wantsToLive = true;
            run(begun);
        }

        Registrar registrar() {
            return Objects.requireNonNull(registrar);
        }

        void drain() {
            Instance present = Instance.of(node, incarnation).withState(Instance.State.DRAINING);
            registrar().say(present.withHttp(URI.create("http://draining:1")), now);
            wake();
        }

        void leave() {
            note(this, "leaves");
            wantsToLive = false;
            registrar().leave(now);
            wake();
            after(400, this::killIfGone);
        }

        private void killIfGone() {
            if (!wantsToLive) {
                kill();
            }
        }

        @Override
        void kill() {
            wantsToLive = false;
            super.kill();
        }

        boolean mustStay() {
            return wantsToLive;
        }
    }

    final class ClientStation extends Station {
        final List<Listing> heard = new ArrayList<>();
        private final Finder finder;

        ClientStation(String name) {
            super(name, 50_000);
            DatagramCodec codec = codec();
            finder = new Finder(codec, known(codec), random, this::hear);
            run(finder);
        }

        Listing listing() {
            return finder.listing();
        }

        Finder finder() {
            return finder;
        }

        boolean lists(ServerStation server) {
            return isIn(listing(), server);
        }

        private void hear(Listing listing) {
            Listing before = heard.isEmpty() ? Listing.UNKNOWN : heard.get(heard.size() - 1);
            for (ServerStation server : servers()) {
                if (server.mustStay() && isThisRunIn(before, server) && !isIn(listing, server)) {
                    throw new AssertionError("Seed " + seed + " at " + now + " ms: " + server
                            + " lives and vanished from the list of " + this + "\n" + String.join("\n", notes));
                }
            }
            Set<Instance> drained = new HashSet<>(before.instances());
            drained.removeIf(instance -> instance.state() != Instance.State.DRAINING);
            for (Instance instance : listing.instances()) {
                if (instance.state() == Instance.State.UP
                        && drained.stream().anyMatch(one -> isSameRun(one, instance))) {
                    throw new AssertionError("Seed " + seed + " at " + now + " ms: " + instance
                            + " drains and is up again in the list of " + this + "\n" + String.join("\n", notes));
                }
            }
            heard.add(listing);
        }

        private static boolean isSameRun(Instance one, Instance other) {
            return one.node().equals(other.node()) && one.incarnation() == other.incarnation();
        }

        private static boolean isThisRunIn(Listing listing, ServerStation server) {
            return listing.instances().stream()
                    .anyMatch(instance ->
                            instance.node().equals(server.node) && instance.incarnation() == server.incarnation);
        }

        private static boolean isIn(Listing listing, ServerStation server) {
            return listing.instances().stream()
                    .anyMatch(instance -> instance.node().equals(server.node));
        }
    }

    static InetAddress host(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
