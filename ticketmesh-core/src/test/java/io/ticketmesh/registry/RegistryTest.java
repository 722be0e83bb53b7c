package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MeshKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a registry answers, datagram by datagram. */
class RegistryTest {
    private static final InetSocketAddress ALICE = new InetSocketAddress(RegistryWorld.host(1), 4_000);
    private static final InetSocketAddress MALLORY = new InetSocketAddress(RegistryWorld.host(66), 4_000);
    private static final NodeId NODE = new NodeId(1, 2);
    private static final long REQUEST = 77;

    private final Tally tally = new Tally();
    private final DatagramCodec codec = codec(RegistryWorld.CLUSTER, "correct horse battery", tally);
    private final Registry registry = new Registry(codec, Limits.STANDARD, new Random(1), 0);
    private final List<Sent> sent = new ArrayList<>();
    private long now;
    private long counter;

    private record Sent(InetSocketAddress target, byte[] bytes) {}

    private static DatagramCodec codec(ClusterName cluster, String secret, Tally tally) {
        return new DatagramCodec(cluster, MeshKeys.ofSecret(cluster, secret).registry(), null, tally);
    }

    private List<Packet> receive(InetSocketAddress source, byte[] bytes) {
        sent.clear();
        registry.receive(source, bytes, bytes.length, now, (target, reply) -> sent.add(new Sent(target, reply)));
        return packets();
    }

    private List<Packet> receive(InetSocketAddress source, Datagram datagram) {
        return receive(source, codec.encode(datagram));
    }

    private List<Packet> tick(long millis) {
        now += millis;
        sent.clear();
        registry.tick(now, (target, reply) -> sent.add(new Sent(target, reply)));
        return packets();
    }

    private List<Packet> packets() {
        return sent.stream()
                .map(each -> Objects.requireNonNull(codec.decode(each.bytes(), each.bytes().length))
                        .packet())
                .toList();
    }

    private Packet only(List<Packet> packets) {
        assertThat(packets).hasSize(1);
        return packets.get(0);
    }

    private Cookie greet(InetSocketAddress source, NodeId node) {
        Packet packet = only(receive(source, Datagram.of(REQUEST, new Packet.Hello(node))));
        return ((Packet.Challenge) packet).cookie();
    }

    private static Entry entry(NodeId node, long incarnation) {
        return new Entry(Instance.of(node, incarnation), 1, 0, false);
    }

    private Datagram registration(Cookie cookie, Entry entry) {
        return new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Register(entry, cookie));
    }

    private Cookie register(InetSocketAddress source, Entry entry) {
        Cookie cookie = greet(source, entry.node());
        assertThat(only(receive(source, registration(cookie, entry)))).isInstanceOf(Packet.Ok.class);
        return cookie;
    }

    private Datagram renewal(Cookie cookie) {
        return new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Renew());
    }

    private Packet.Page list(InetSocketAddress source) {
        return (Packet.Page) only(receive(source, Datagram.of(REQUEST, new Packet.Lookup(null, null))));
    }

    private void passes(long millis) {
        for (long passed = 0; passed < millis; passed += 250) {
            tick(250);
        }
    }

    @Test
    void aServerRegistersAfterItHasShownThatItGetsAnswers() {
        Cookie cookie = greet(ALICE, NODE);
        assertThat(registry.size()).isZero();

        Packet answer = only(receive(ALICE, registration(cookie, entry(NODE, 1))));

        assertThat(answer).isEqualTo(new Packet.Ok(Times.LEASE, List.of()));
        assertThat(registry.size()).isEqualTo(1);
        assertThat(list(ALICE).entries()).extracting(Entry::node).containsExactly(NODE);
    }

    @Test
    void aCookieIsNoUseToAnyoneElse() {
        Cookie cookie = greet(ALICE, NODE);

        Packet toOther = only(receive(MALLORY, registration(cookie, entry(NODE, 1))));
        Packet forOther = only(receive(ALICE, registration(cookie, entry(new NodeId(9, 9), 1))));

        assertThat(toOther).isEqualTo(new Packet.Refused(Refusal.UNKNOWN_SESSION));
        assertThat(forOther).isEqualTo(new Packet.Refused(Refusal.UNKNOWN_SESSION));
        assertThat(registry.size()).isZero();
    }

    @Test
    void aHostThatIsLeftOpenIsTheSourceOfThePacket() {
        Instance open = Instance.of(NODE, 1)
                .withHttp(URI.create("http://0.0.0.0:8080/desk"))
                .withMesh(new InetSocketAddress("0.0.0.0", 7_810));

        register(ALICE, new Entry(open, 1, 0, false));

        Instance listed = list(ALICE).entries().get(0).instance();
        assertThat(listed.http()).isEqualTo(URI.create("http://10.0.0.1:8080/desk"));
        assertThat(listed.mesh()).isEqualTo(new InetSocketAddress(RegistryWorld.host(1), 7_810));
    }

    @Test
    void whatComesFromThisMachineStaysOpenForEachWhoAsksToFillIn() {
        Instance open = Instance.of(NODE, 1).withHttp(URI.create("http://0.0.0.0:8080/desk"));

        register(new InetSocketAddress("127.0.0.1", 40_000), new Entry(open, 1, 0, false));

        assertThat(list(ALICE).entries().get(0).instance()).isEqualTo(open);
    }

    @Test
    void aRegistrationThatIsSentAgainChangesNothingAndGetsNoAnswer() {
        Cookie cookie = greet(ALICE, NODE);
        byte[] registration = codec.encode(registration(cookie, entry(NODE, 1)));
        assertThat(receive(ALICE, registration)).hasSize(1);

        assertThat(receive(ALICE, registration)).isEmpty();
        receive(ALICE, new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Leave()));
        assertThat(registry.size()).isZero();
        assertThat(receive(ALICE, registration)).isEmpty();

        assertThat(registry.size()).isZero();
        assertThat(tally.of(Fault.REPLAYED)).isEqualTo(2);
    }

    @Test
    void aServerThatLeftIsNotBroughtBackByAPacketThatWasLate() {
        Cookie cookie = greet(ALICE, NODE);
        byte[] late =
                codec.encode(new Datagram(REQUEST, cookie.session(), 2, new Packet.Register(entry(NODE, 1), cookie)));
        counter = 2;
        receive(ALICE, registration(cookie, entry(NODE, 1)));
        receive(ALICE, new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Leave()));

        receive(ALICE, late);

        assertThat(registry.size()).isZero();
    }

    @Test
    void aSessionDoesNotGiveWayToAnOlderOne() {
        Cookie older = greet(ALICE, NODE);
        byte[] recorded = codec.encode(registration(older, entry(NODE, 1)));
        Cookie newer = register(ALICE, entry(NODE, 1));

        assertThat(receive(ALICE, recorded)).isEmpty();

        assertThat(only(receive(ALICE, renewal(newer)))).isInstanceOf(Packet.Ok.class);
    }

    @Test
    void anOlderRunOfAServerIsSupersededWhileTheNewerLives() {
        Cookie newer = register(ALICE, entry(NODE, 2));
        Cookie cookie = greet(ALICE, NODE);

        assertThat(only(receive(ALICE, registration(cookie, entry(NODE, 1)))))
                .isEqualTo(new Packet.Refused(Refusal.SUPERSEDED));
        receive(ALICE, new Datagram(REQUEST, newer.session(), ++counter, new Packet.Leave()));

        register(ALICE, entry(NODE, 1));
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void aLateRenewalIsToldToRegisterAgain() {
        Cookie cookie = register(ALICE, entry(NODE, 1));
        passes(11_000);
        assertThat(registry.size()).isZero();

        assertThat(only(receive(ALICE, renewal(cookie)))).isEqualTo(new Packet.Refused(Refusal.UNKNOWN_SESSION));
    }

    @Test
    void aSessionBelongsToItsAddress() {
        Cookie cookie = register(ALICE, entry(NODE, 1));
        Datagram leave = new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Leave());

        assertThat(only(receive(MALLORY, leave))).isEqualTo(new Packet.Refused(Refusal.UNKNOWN_SESSION));

        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void whoHasAnotherSecretOrClusterGetsNoAnswer() {
        Datagram hello = Datagram.of(REQUEST, new Packet.Hello(NODE));
        byte[] otherSecret = codec(RegistryWorld.CLUSTER, "another horse battery", new Tally())
                .encode(hello);
        byte[] otherCluster = codec(new ClusterName("other"), "correct horse battery", new Tally())
                .encode(hello);
        byte[] noSecret = new DatagramCodec(RegistryWorld.CLUSTER, null, null, new Tally()).encode(hello);

        assertThat(receive(ALICE, otherSecret)).isEmpty();
        assertThat(receive(ALICE, otherCluster)).isEmpty();
        assertThat(receive(ALICE, noSecret)).isEmpty();

        assertThat(tally.all()).isEqualTo(3);
        assertThat(registry.rates().size()).isZero();
    }

    @Test
    void anExchangedSecretIsAcceptedBesideTheNewOne() {
        MeshKeys before = MeshKeys.ofSecret(RegistryWorld.CLUSTER, "correct horse battery");
        MeshKeys after = MeshKeys.ofSecret(RegistryWorld.CLUSTER, "another horse battery");
        DatagramCodec old = new DatagramCodec(RegistryWorld.CLUSTER, before.registry(), after.registry(), tally);
        DatagramCodec changed = new DatagramCodec(RegistryWorld.CLUSTER, after.registry(), before.registry(), tally);
        byte[] one = old.encode(Datagram.of(REQUEST, new Packet.Here()));
        byte[] other = changed.encode(Datagram.of(REQUEST, new Packet.Here()));

        assertThat(changed.decode(one, one.length)).isEqualTo(Datagram.of(REQUEST, new Packet.Here()));
        assertThat(old.decode(other, other.length)).isEqualTo(Datagram.of(REQUEST, new Packet.Here()));
    }

    @Test
    void withoutASecretOnlyThisMachineIsHeard() {
        Tally counts = new Tally();
        DatagramCodec open = new DatagramCodec(RegistryWorld.CLUSTER, null, null, counts);
        Registry local = new Registry(open, Limits.STANDARD, new Random(1), 0);
        byte[] hello = open.encode(Datagram.of(REQUEST, new Packet.Hello(NODE)));
        List<InetSocketAddress> answered = new ArrayList<>();
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);

        local.receive(ALICE, hello, hello.length, 0, (target, bytes) -> answered.add(target));
        local.receive(here, hello, hello.length, 0, (target, bytes) -> answered.add(target));

        assertThat(answered).containsExactly(here);
        assertThat(counts.of(Fault.STRANGER)).isEqualTo(1);
    }

    @Test
    void anotherVersionIsToldSoAndAForgedOneIsNot() {
        byte[] later = codec.encode(Datagram.of(REQUEST, new Packet.Probe(false)));
        later[Datagram.VERSION_AT] = 2;
        assertThat(receive(ALICE, later)).isEmpty();

        PacketSeal.of(RegistryWorld.KEY, null).put(later, later.length - 16);

        assertThat(only(receive(ALICE, later))).isEqualTo(new Packet.Refused(Refusal.BAD_VERSION));
        assertThat(sent.get(0).bytes()).hasSizeLessThanOrEqualTo(later.length);
    }

    @Test
    void noAnswerIsLargerThanItsRequestBeforeACookieIsShown() {
        for (int node = 1; node <= 60; node++) {
            register(
                    ALICE,
                    new Entry(Instance.of(new NodeId(3, node), 1).withMeta("x".repeat(200)), 1, 7_840 + node, false));
        }
        Cookie bad = new Cookie(1, 2, 3, 4);
        for (Packet packet : List.of(
                new Packet.Hello(NODE),
                new Packet.Register(entry(NODE, 1), bad),
                new Packet.Register(entry(NODE, 1), null),
                new Packet.Renew(),
                new Packet.Leave(),
                new Packet.Lookup(null, null),
                new Packet.Lookup(bad, null),
                new Packet.Watch(bad, 0),
                new Packet.Probe(false))) {
            byte[] request = codec.encode(Datagram.of(REQUEST, packet));
            receive(MALLORY, request);
            assertThat(sent).as("answers to %s", packet).hasSize(1);
            assertThat(sent.get(0).bytes()).as("answer to %s", packet).hasSizeLessThanOrEqualTo(request.length);
            assertThat(sent.get(0).target()).isEqualTo(MALLORY);
        }
    }

    @Test
    void aListIsReadPageByPage() {
        for (int node = 1; node <= 60; node++) {
            register(ALICE, new Entry(Instance.of(new NodeId(3, node), 1).withMeta("x".repeat(200)), 1, 0, false));
        }
        List<NodeId> read = new ArrayList<>();
        Packet.Page page = list(ALICE);
        int pages = 1;
        page.entries().forEach(entry -> read.add(entry.node()));
        while (page.more()) {
            Entry last = page.entries().get(page.entries().size() - 1);
            Packet ask = new Packet.Lookup(page.cookie(), new Place(last.late(), last.node()));
            page = (Packet.Page) only(receive(ALICE, Datagram.of(REQUEST, ask)));
            assertThat(sent.get(0).bytes()).hasSizeLessThanOrEqualTo(Datagram.MAX_BYTES);
            page.entries().forEach(entry -> read.add(entry.node()));
            pages++;
        }

        assertThat(pages).isGreaterThan(10);
        assertThat(read).hasSize(60).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aListTellsOfTheRegistriesInsideOfServers() {
        register(ALICE, new Entry(Instance.of(NODE, 1), 1, 7_843, false));

        assertThat(list(MALLORY).registries()).containsExactly(new InetSocketAddress(ALICE.getAddress(), 7_843));
    }

    @Test
    void aRegistryIsWarmForOneLeaseAfterItsStartAndAfterAPause() {
        assertThat(list(ALICE).warming()).isTrue();
        passes(9_750);
        assertThat(list(ALICE).warming()).isTrue();
        passes(250);
        assertThat(list(ALICE).warming()).isFalse();

        tick(5_000);

        assertThat(list(ALICE).warming()).isTrue();
        passes(10_000);
        assertThat(list(ALICE).warming()).isFalse();
    }

    @Test
    void aWatchIsAnsweredOnce() {
        Packet.Page page = list(ALICE);
        Datagram watch = Datagram.of(REQUEST, new Packet.Watch(page.cookie(), page.generation()));
        assertThat(receive(ALICE, watch)).isEmpty();

        Cookie cookie = greet(MALLORY, NODE);
        receive(MALLORY, registration(cookie, entry(NODE, 1)));

        assertThat(packets()).hasAtLeastOneElementOfType(Packet.Changed.class);
        assertThat(sent).filteredOn(each -> each.target().equals(ALICE)).hasSize(1);
        assertThat(registry.watchers().size()).isZero();
        receive(MALLORY, new Datagram(REQUEST, cookie.session(), ++counter, new Packet.Leave()));
        assertThat(sent).noneMatch(each -> each.target().equals(ALICE));
        assertThat(only(receive(ALICE, watch))).isInstanceOf(Packet.Changed.class);
    }

    @Test
    void aWatchEndsAfterTenSeconds() {
        Packet.Page page = list(ALICE);
        receive(ALICE, Datagram.of(REQUEST, new Packet.Watch(page.cookie(), page.generation())));
        assertThat(registry.watchers().size()).isEqualTo(1);

        passes(10_000);

        assertThat(registry.watchers().size()).isZero();
    }

    @Test
    void aProbeOfTheLinkIsAnsweredAfterAMoment() {
        assertThat(receive(ALICE, Datagram.of(REQUEST, new Packet.Probe(true)))).isEmpty();
        assertThat(tick(19)).isEmpty();

        assertThat(only(tick(101))).isEqualTo(new Packet.Here());
        assertThat(tick(200)).isEmpty();
        assertThat(only(receive(ALICE, Datagram.of(REQUEST, new Packet.Probe(false)))))
                .isEqualTo(new Packet.Here());
    }

    @Test
    void answersSentToARegistryAreNotTakenForRequests() {
        for (Packet packet : List.of(
                new Packet.Ok(1, List.of()),
                new Packet.Changed(1),
                new Packet.Here(),
                new Packet.Refused(Refusal.BUSY),
                new Packet.Challenge(new Cookie(1, 2, 3, 4)))) {
            assertThat(receive(ALICE, Datagram.of(REQUEST, packet)))
                    .as("%s", packet)
                    .isEmpty();
        }
        assertThat(tally.of(Fault.TYPE)).isEqualTo(5);
    }

    @Test
    void aSourceGetsTwoHundredAnswersASecondAndIsToldOnceThatItIsTooMuch() {
        int answers = 0;
        int complaints = 0;
        for (int i = 0; i < 10_000; i++) {
            now = i / 10;
            for (Packet packet : receive(ALICE, Datagram.of(i, new Packet.Probe(false)))) {
                answers += packet instanceof Packet.Here ? 1 : 0;
                complaints += packet.equals(new Packet.Refused(Refusal.BUSY)) ? 1 : 0;
            }
        }

        assertThat(answers).isBetween(390, 401);
        assertThat(complaints).isEqualTo(1);
        assertThat(receive(MALLORY, Datagram.of(1, new Packet.Probe(false))))
                .as("somebody else")
                .hasSize(1);
    }

    @Test
    void nobodySilencesAServerBySendingItsPacketsAgain() {
        Cookie cookie = register(ALICE, entry(NODE, 1));
        byte[] recordedHello = codec.encode(Datagram.of(REQUEST, new Packet.Hello(NODE)));
        byte[] recordedRenewal = codec.encode(renewal(cookie));
        receive(ALICE, recordedRenewal);
        for (int i = 0; i < 10_000; i++) {
            receive(ALICE, i % 2 == 0 ? recordedHello : recordedRenewal);
        }

        assertThat(only(receive(ALICE, renewal(cookie)))).isInstanceOf(Packet.Ok.class);
    }

    @Test
    void aFloodOfTenThousandPacketsASecondLeavesEverythingBounded() {
        Random random = new Random(3);
        for (int i = 0; i < 60_000; i++) {
            now = i / 10;
            InetSocketAddress source = new InetSocketAddress(RegistryWorld.host(random.nextInt(20_000)), 4_000);
            NodeId node = new NodeId(5, i);
            switch (random.nextInt(4)) {
                case 0 -> {
                    Cookie cookie = greet(source, node);
                    receive(source, registration(cookie, entry(node, 1)));
                }
                case 1 -> {
                    Packet.Page page = list(source);
                    receive(source, Datagram.of(i, new Packet.Watch(page.cookie(), page.generation())));
                }
                case 2 -> receive(source, Datagram.of(i, new Packet.Probe(true)));
                default -> {
                    byte[] noise = new byte[random.nextInt(1_200)];
                    random.nextBytes(noise);
                    receive(source, noise);
                }
            }
        }

        assertThat(registry.size()).isEqualTo(Limits.STANDARD.instances());
        assertThat(registry.watchers().size()).isLessThanOrEqualTo(Limits.STANDARD.watchers());
        assertThat(registry.rates().size()).isEqualTo(RateLimits.MAX_ADDRESSES);
        assertThat(tick(120)).filteredOn(Packet.Here.class::isInstance).hasSizeLessThanOrEqualTo(64);
        passes(11_000);
        assertThat(registry.size()).as("protected").isEqualTo(Limits.STANDARD.instances());
        passes(70_000);
        assertThat(registry.size()).isZero();
        assertThat(registry.leases().remembered()).isLessThanOrEqualTo(Limits.STANDARD.instances());
    }

    @Test
    void oneAddressRegistersSixtyFourServersAtMost() {
        for (int node = 1; node <= 64; node++) {
            now += 20;
            register(ALICE, entry(new NodeId(3, node), 1));
        }
        Cookie cookie = greet(ALICE, NODE);

        assertThat(only(receive(ALICE, registration(cookie, entry(NODE, 1)))))
                .isEqualTo(new Packet.Refused(Refusal.LIMIT));
    }
}
