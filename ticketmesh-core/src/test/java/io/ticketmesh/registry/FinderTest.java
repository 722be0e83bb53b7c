package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a client asks two registries, and what it makes of the answers, datagram by datagram. */
class FinderTest {
    private static final InetSocketAddress ONE = new InetSocketAddress(RegistryWorld.host(1), 7_840);
    private static final InetSocketAddress TWO = new InetSocketAddress(RegistryWorld.host(2), 7_840);
    private static final Cookie COOKIE = new Cookie(1, 2, 3, 4);

    private final DatagramCodec codec = new DatagramCodec(RegistryWorld.CLUSTER, RegistryWorld.KEY, null, new Tally());
    private final KnownRegistries known = new KnownRegistries(codec, null, UnaryOperator.identity(), new Random(1));
    private final List<Listing> heard = new ArrayList<>();
    private final Finder finder = new Finder(codec, known, new Random(1), heard::add);
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final List<Sent> others = new ArrayList<>();
    private long now;

    private record Sent(InetSocketAddress target, Datagram datagram) {}

    private void begin(InetSocketAddress... registries) {
        known.configure(List.of(registries), now);
        tick(0);
        for (InetSocketAddress registry : registries) {
            answer(next(registry, Packet.Probe.class), new Packet.Here());
        }
        tick(200);
    }

    private void tick(long millis) {
        now += millis;
        finder.tick(now, this::collect);
    }

    private void collect(InetSocketAddress target, byte[] bytes) {
        sent.add(new Sent(target, Objects.requireNonNull(codec.decode(bytes, bytes.length))));
    }

    /** The next packet of that kind to that registry; the others are forgotten. */
    private Sent next(InetSocketAddress target, Class<? extends Packet> kind) {
        while (!sent.isEmpty()) {
            Sent each = sent.remove();
            if (each.target().equals(target) && kind.isInstance(each.datagram().packet())) {
                sent.addAll(List.copyOf(others));
                others.clear();
                return each;
            }
            others.add(each);
        }
        throw new AssertionError("No " + kind.getSimpleName() + " was sent to " + target + ", but " + others);
    }

    private void answer(Sent asked, Packet packet) {
        byte[] bytes = codec.encode(Datagram.of(asked.datagram().request(), packet));
        finder.receive(asked.target(), bytes, bytes.length, now, this::collect);
    }

    private static Packet.Page page(long generation, long... nodes) {
        List<Entry> entries = new ArrayList<>();
        for (long node : nodes) {
            entries.add(new Entry(Instance.of(new NodeId(0, node), 1), 1, 0, false));
        }
        return new Packet.Page(generation, false, false, false, COOKIE, entries, List.of());
    }

    /** A page with one server that says something newer than in {@link #page}. */
    private static Packet.Page draining(long generation, long node) {
        Instance instance = Instance.of(new NodeId(0, node), 1).withState(Instance.State.DRAINING);
        Entry entry = new Entry(instance, 2, 0, false);
        return new Packet.Page(generation, false, false, false, COOKIE, List.of(entry), List.of());
    }

    private List<Long> listed() {
        return finder.listing().instances().stream()
                .map(instance -> instance.node().low())
                .toList();
    }

    @Test
    void theListIsWhatEitherOfTwoSays() {
        begin(ONE, TWO);
        answer(next(ONE, Packet.Lookup.class), page(1, 1, 2));
        assertThat(listed()).as("before the other has answered").containsExactly(1L, 2L);
        answer(next(TWO, Packet.Lookup.class), page(7, 2, 3));
        tick(1);

        assertThat(listed()).containsExactly(1L, 2L, 3L);
        assertThat(finder.listing().stale()).isFalse();
    }

    @Test
    void aHostThatIsLeftOpenIsThatOfTheRegistry() {
        begin(TWO);
        Instance open = Instance.of(new NodeId(0, 1), 1).withHttp(URI.create("http://0.0.0.0:8080"));
        List<Entry> entries = List.of(new Entry(open, 1, 0, false));
        answer(next(TWO, Packet.Lookup.class), new Packet.Page(1, false, false, false, COOKIE, entries, List.of()));

        assertThat(finder.listing().servers())
                .extracting(Instance::http)
                .containsExactly(URI.create("http://10.0.0.2:8080"));
    }

    @Test
    void whoDrainsDoesNotComeBackWithARegistryThatHasNotHeardOfIt() {
        begin(ONE, TWO);
        answer(next(ONE, Packet.Lookup.class), draining(2, 1));
        answer(next(TWO, Packet.Lookup.class), page(1, 1));
        tick(1);
        tick(4_000);
        answer(next(TWO, Packet.Lookup.class), page(1, 1));
        tick(200);
        tick(400);
        tick(800);

        assertThat(known.answering()).containsExactly(TWO);
        assertThat(finder.listing().instances())
                .extracting(Instance::state)
                .as("the only registry that knew is silent")
                .containsExactly(Instance.State.DRAINING);
    }

    @Test
    void whoDrainedAndLeftIsNotUpAgainBecauseASilentRegistryNeverHeardOfIt() {
        begin(ONE, TWO);
        answer(next(ONE, Packet.Lookup.class), page(1, 1));
        answer(next(TWO, Packet.Lookup.class), page(1, 1));
        tick(1);
        tick(4_000);
        answer(next(ONE, Packet.Lookup.class), draining(2, 1));
        tick(200);
        tick(400);
        tick(800);
        tick(4_000);
        answer(next(ONE, Packet.Lookup.class), page(3));
        tick(1);

        assertThat(known.answering()).containsExactly(ONE);
        assertThat(finder.listing().instances())
                .extracting(Instance::state)
                .as("as long as the word of the other stands")
                .containsExactly(Instance.State.DRAINING);
        tick(4_000);
        answer(next(ONE, Packet.Lookup.class), page(3));
        tick(1);
        assertThat(listed()).isEmpty();
    }

    @Test
    void theSecondLookupShowsTheCookieAndIsNotPadded() {
        begin(ONE);
        Sent first = next(ONE, Packet.Lookup.class);
        assertThat(first.datagram().packet()).isEqualTo(new Packet.Lookup(null, null));
        answer(first, page(1));
        assertThat(next(ONE, Packet.Watch.class).datagram().packet()).isEqualTo(new Packet.Watch(COOKIE, 1));
        tick(1);
        tick(4_000);

        assertThat(next(ONE, Packet.Lookup.class).datagram().packet()).isEqualTo(new Packet.Lookup(COOKIE, null));
    }

    @Test
    void aCookieThatIsRefusedIsDroppedAtOnce() {
        begin(ONE);
        answer(next(ONE, Packet.Lookup.class), page(1));
        tick(1);
        tick(4_000);
        sent.removeIf(each -> each.datagram().packet() instanceof Packet.Watch);

        answer(next(ONE, Packet.Lookup.class), new Packet.Refused(Refusal.UNKNOWN_SESSION));

        assertThat(next(ONE, Packet.Lookup.class).datagram().packet()).isEqualTo(new Packet.Lookup(null, null));
    }

    @Test
    void aChangeThatIsToldIsAskedFor() {
        begin(ONE);
        answer(next(ONE, Packet.Lookup.class), page(1, 1));
        Sent watch = next(ONE, Packet.Watch.class);
        tick(1);
        tick(200);
        sent.clear();

        answer(watch, new Packet.Changed(2));
        tick(1);
        answer(next(ONE, Packet.Lookup.class), page(2, 1, 5));

        assertThat(listed()).containsExactly(1L, 5L);
    }

    @Test
    void aChangeThatIsToldDuringARoundIsAskedForAfterIt() {
        begin(ONE, TWO);
        answer(next(ONE, Packet.Lookup.class), page(1, 1));
        answer(next(ONE, Packet.Watch.class), new Packet.Changed(2));
        answer(next(TWO, Packet.Lookup.class), page(1, 1));
        tick(1);
        sent.clear();

        tick(150);
        answer(next(ONE, Packet.Lookup.class), page(2, 1, 5));

        assertThat(listed()).containsExactly(1L, 5L);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsAskedThreeTimesAndThenTheNextOne() {
        begin(ONE, TWO);
        answer(next(TWO, Packet.Lookup.class), page(1, 1));
        tick(200);
        tick(400);
        assertThat(sent.stream()
                        .filter(each -> each.target().equals(ONE))
                        .filter(each -> each.datagram().packet() instanceof Packet.Lookup))
                .hasSize(3);
        assertThat(known.answering()).contains(ONE);
        tick(800);

        assertThat(known.answering()).containsExactly(TWO);
        assertThat(listed()).containsExactly(1L);
        assertThat(finder.listing().stale()).isFalse();
    }

    @Test
    void pagesOfDifferentListsAreReadAnew() {
        begin(ONE);
        Packet.Page first =
                new Packet.Page(1, true, false, false, COOKIE, page(1, 1, 2).entries(), List.of());
        answer(next(ONE, Packet.Lookup.class), first);
        Sent second = next(ONE, Packet.Lookup.class);
        assertThat(second.datagram().packet()).isEqualTo(new Packet.Lookup(COOKIE, new Place(false, new NodeId(0, 2))));
        answer(second, page(2, 3));
        Sent again = next(ONE, Packet.Lookup.class);
        assertThat(again.datagram().packet()).isEqualTo(new Packet.Lookup(COOKIE, null));
        answer(again, page(2, 2, 3));

        assertThat(listed()).containsExactly(2L, 3L);
    }

    @Test
    void aListIsWrittenToNobodyTwice() {
        begin(ONE);
        answer(next(ONE, Packet.Lookup.class), page(1, 1));
        tick(1);
        int before = heard.size();
        tick(4_000);
        answer(next(ONE, Packet.Lookup.class), page(1, 1));
        tick(1);

        assertThat(heard).hasSize(before);
    }
}
