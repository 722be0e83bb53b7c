package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of strangers, and bytes of friends in wrong hands: no answer, no state, no exception. */
class HostileDatagramsTest {
    private static final InetSocketAddress ALICE = new InetSocketAddress(RegistryWorld.host(1), 4_000);
    private static final InetSocketAddress MALLORY = new InetSocketAddress(RegistryWorld.host(66), 4_000);

    private final RegistryWorld world = new RegistryWorld(9);

    @Test
    void strangersGetNoAnswerFromAnyone() {
        Random random = new Random(5);
        DatagramCodec mallory = new DatagramCodec(RegistryWorld.CLUSTER, null, null, new Tally());
        RegistryWorld.RegistryStation registry = world.registry("one");
        RegistryWorld.ServerStation server = world.server("alice");
        RegistryWorld.ClientStation client = world.client("carol");
        world.run(5_000);
        int heard = client.heard.size();
        List<Party> parties = List.of(registry.registry(), server.registrar(), client.finder());
        List<InetSocketAddress> answered = new ArrayList<>();
        List<Packet> packets = new ArrayList<>(List.of(
                new Packet.Hello(new NodeId(6, 6)),
                new Packet.Challenge(new Cookie(1, 2, 3, 4)),
                new Packet.Renew(),
                new Packet.Leave(),
                new Packet.Ok(1, List.of(MALLORY)),
                new Packet.Lookup(null, null),
                new Packet.Page(1, false, false, false, new Cookie(1, 2, 3, 4), List.of(), List.of(MALLORY)),
                new Packet.Changed(4),
                new Packet.Refused(Refusal.UNKNOWN_SESSION),
                new Packet.Here()));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = mallory.encode(Datagram.of(random.nextLong(), packets.get(random.nextInt(packets.size()))));
            } else {
                bytes = new byte[random.nextInt(Datagram.MAX_BYTES + 1)];
                random.nextBytes(bytes);
            }
            InetSocketAddress source = random.nextBoolean() ? MALLORY : registry.address;
            for (Party party : parties) {
                party.receive(source, bytes, bytes.length, world.now(), (target, answer) -> answered.add(target));
            }
        }

        assertThat(answered).isEmpty();
        assertThat(registry.registry().size()).isEqualTo(1);
        assertThat(server.registrar().registrations()).isEqualTo(1);
        assertThat(client.heard).hasSize(heard);
        assertThat(server.registrar().known().addresses()).containsExactly(registry.address);
    }

    @Test
    void answersThatNobodyAskedForChangeNothingAlthoughTheyAreSealed() {
        DatagramCodec friend = new DatagramCodec(RegistryWorld.CLUSTER, RegistryWorld.KEY, null, new Tally());
        RegistryWorld.RegistryStation registry = world.registry("one");
        RegistryWorld.ServerStation server = world.server("alice");
        RegistryWorld.ClientStation client = world.client("carol");
        world.run(5_000);
        int heard = client.heard.size();
        List<InetSocketAddress> answered = new ArrayList<>();
        for (Packet packet : List.of(
                new Packet.Challenge(new Cookie(1, 2, 3, 4)),
                new Packet.Ok(1, List.of(MALLORY)),
                new Packet.Page(1, false, false, false, new Cookie(1, 2, 3, 4), List.of(), List.of(MALLORY)),
                new Packet.Changed(4),
                new Packet.Refused(Refusal.UNKNOWN_SESSION),
                new Packet.Here())) {
            byte[] bytes = friend.encode(Datagram.of(12_345, packet));
            for (InetSocketAddress source : List.of(MALLORY, registry.address)) {
                server.registrar()
                        .receive(source, bytes, bytes.length, world.now(), (target, answer) -> answered.add(target));
                client.finder()
                        .receive(source, bytes, bytes.length, world.now(), (target, answer) -> answered.add(target));
            }
        }

        assertThat(answered).isEmpty();
        assertThat(client.heard).hasSize(heard);
        assertThat(server.registrar().registrations()).isEqualTo(1);
        assertThat(client.finder().known().addresses()).containsExactly(registry.address);
    }

    @Test
    void whatWasRecordedAndIsSentFromElsewhereChangesNothing() {
        RegistryWorld.RegistryStation registry = world.registry("one");
        List<byte[]> recorded = new ArrayList<>();
        RegistryWorld.ServerStation server = world.server("alice");
        world.listen((from, bytes) -> {
            if (from == server) {
                recorded.add(bytes);
            }
        });
        world.client("carol");
        world.run(20_000);
        server.leave();
        world.run(1_000);
        assertThat(recorded).hasSizeGreaterThan(10);
        assertThat(registry.registry().size()).isZero();

        for (byte[] bytes : recorded) {
            for (InetSocketAddress source : List.of(ALICE, MALLORY, server.address)) {
                registry.registry().receive(source, bytes, bytes.length, world.now(), (target, answer) -> {});
            }
        }

        assertThat(registry.registry().size()).isZero();
    }
}
