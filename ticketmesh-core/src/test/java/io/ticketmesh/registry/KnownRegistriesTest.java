package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownRegistriesTest {
    private static final InetSocketAddress ONE = registry(1);
    private static final InetSocketAddress TWO = registry(2);
    private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 7_840);
    private static final InetSocketAddress LINK = new InetSocketAddress("239.192.0.1", 10_000);

    private final DatagramCodec codec = new DatagramCodec(RegistryWorld.CLUSTER, RegistryWorld.KEY, null, new Tally());
    private final List<InetSocketAddress> probed = new ArrayList<>();
    private KnownRegistries known = new KnownRegistries(codec, null, UnaryOperator.identity(), new Random(1));
    private long request;
    private long now;

    private static InetSocketAddress registry(int host) {
        return new InetSocketAddress(RegistryWorld.host(host), 7_840);
    }

    private List<InetSocketAddress> probes() {
        probed.clear();
        known.probe(now, (target, bytes) -> {
            probed.add(target);
            request = Objects.requireNonNull(codec.decode(bytes, bytes.length)).request();
        });
        return List.copyOf(probed);
    }

    @Test
    void thoseThatDoNotAnswerAreAskedEveryTwoSeconds() {
        known.configure(List.of(ONE, TWO), now);
        assertThat(probes()).containsExactly(ONE, TWO);
        known.here(ONE, request, now);
        assertThat(known.answering()).containsExactly(ONE);

        int asked = 0;
        for (now = 100; now <= 20_000; now += 100) {
            asked += probes().size();
            assertThat(probed).doesNotContain(ONE);
        }

        assertThat(asked).isBetween(8, 13);
    }

    @Test
    void oneThatFallsSilentIsAskedAgain() {
        known.configure(List.of(ONE), now);
        probes();
        known.here(ONE, request, now);
        known.silent(ONE, now);

        assertThat(known.answering()).isEmpty();
        now += 2_400;
        assertThat(probes()).containsExactly(ONE);
    }

    @Test
    void theLinkIsAskedThriceAtFirstAndSeldomWhenSomeoneAnswers() {
        known = new KnownRegistries(codec, LINK, UnaryOperator.identity(), new Random(1));
        int asked = 0;
        for (now = 0; now <= 1_000; now += 50) {
            asked += probes().size();
        }
        assertThat(asked).isEqualTo(3);
        known.here(ONE, request, now);
        asked = 0;
        for (; now <= 61_000; now += 50) {
            asked += probes().size();
        }
        assertThat(asked).isBetween(1, 4);
    }

    @Test
    void answersToNobodysProbeAreNotBelieved() {
        known.configure(List.of(ONE), now);
        probes();

        known.here(ONE, request + 1, now);
        known.here(TWO, request, now);

        assertThat(known.answering()).isEmpty();
        assertThat(known.addresses()).containsExactly(ONE);
    }

    @Test
    void noMoreThanSoManyAreLearned() {
        known.learn(
                ONE,
                IntStream.range(0, 1_000)
                        .mapToObj(KnownRegistriesTest::registry)
                        .toList(),
                now);

        assertThat(known.addresses()).hasSize(KnownRegistries.MAX_LEARNED);
    }

    @Test
    void oneThatWasOnlyToldOfIsForgottenWhileAnotherAnswers() {
        known.configure(List.of(ONE), now);
        known.learn(ONE, List.of(TWO), now);
        for (; now < 400_000; now += 1_000) {
            probes();
        }
        assertThat(known.addresses()).as("while none answers").containsExactlyInAnyOrder(ONE, TWO);

        known.here(ONE, request, now);
        probes();

        assertThat(known.addresses()).containsExactly(ONE);
        known.learn(
                ONE,
                IntStream.range(10, 200).mapToObj(KnownRegistriesTest::registry).toList(),
                now);
        assertThat(known.addresses()).hasSize(1 + KnownRegistries.MAX_LEARNED);
    }

    @Test
    void aNameThatLeadsElsewhereIsFollowedAndWhoAnsweredBeforeStays() {
        known.configure(List.of(ONE, TWO), now);
        probes();
        known.here(ONE, request, now);

        known.configure(List.of(registry(3)), now);

        assertThat(known.addresses()).containsExactlyInAnyOrder(ONE, registry(3));
        assertThat(known.answering()).containsExactly(ONE);
    }

    @Test
    void withoutASecretOnlyThisMachineIsLearned() {
        known = new KnownRegistries(
                new DatagramCodec(RegistryWorld.CLUSTER, null, null, new Tally()),
                null,
                UnaryOperator.identity(),
                new Random(1));

        known.learn(HERE, List.of(ONE, new InetSocketAddress("127.0.0.1", 7_841)), now);

        assertThat(known.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", 7_841));
    }

    @Test
    void aLoopbackAddressThatIsToldIsOfTheMachineOfWhoTells() {
        known.learn(TWO, List.of(new InetSocketAddress("127.0.0.1", 7_841)), now);

        assertThat(known.addresses()).containsExactly(new InetSocketAddress(RegistryWorld.host(2), 7_841));
    }

    @Test
    void aRegistryThatAnswersByTwoAddressesIsAskedByTheNearestAsLongAsItAnswersThere() {
        known = new KnownRegistries(codec, null, address -> address.equals(ONE) ? HERE : address, new Random(1));
        known.configure(List.of(ONE, HERE, TWO), now);
        probes();
        known.here(ONE, request, now);
        known.here(TWO, request, now);
        assertThat(known.answering()).containsExactly(ONE, TWO);

        known.here(HERE, request, now);
        assertThat(known.answering()).containsExactly(HERE, TWO);
        assertThat(known.isAnswering(ONE)).isFalse();

        known.silent(HERE, now);
        assertThat(known.answering()).containsExactly(ONE, TWO);
    }
}
