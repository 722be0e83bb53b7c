package io.ticketmesh.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.client.Rotation.Turn;
import io.ticketmesh.client.ServerDirectory.Listing;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose turn it is, with time and chance moved by hand. */
class RotationTest {
    private static final Server ONE = server(1, 1);
    private static final Server TWO = server(2, 1);
    private static final Server THREE = server(3, 1);

    private final Rotation rotation = new Rotation(0);
    private long now = Long.MAX_VALUE - SECONDS.toNanos(5); // the clock of a machine may wrap

    private static Server server(int node, long incarnation) {
        return new Server(new NodeId(0, node), incarnation, URI.create("http://127.0.0.1:" + (8000 + node)), false);
    }

    private static Server draining(Server server) {
        return new Server(server.node(), server.incarnation(), server.address(), true);
    }

    private void follow(Server... servers) {
        rotation.follow(new Listing(List.of(servers), false));
    }

    private Turn turn(Server... tried) {
        @Nullable Turn turn = rotation.next(Arrays.asList(tried), now);
        assertThat(turn).isNotNull();
        return turn;
    }

    private Server succeed(Server... tried) {
        Turn turn = turn(tried);
        turn.succeeded();
        return turn.server();
    }

    private Server fail(Server... tried) {
        Turn turn = turn(tried);
        turn.failed(now, 0);
        return turn.server();
    }

    private void pass(long millis) {
        now += MILLISECONDS.toNanos(millis);
    }

    private Map<Server, Integer> count(int turns) {
        Map<Server, Integer> counts = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            counts.merge(succeed(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void eachServerThatIsWellGetsTheSameNumberOfTurns() {
        follow(THREE, ONE, TWO);
        assertThat(count(3_000)).containsOnly(Map.entry(ONE, 1_000), Map.entry(TWO, 1_000), Map.entry(THREE, 1_000));
    }

    @Test
    void turnsFollowTheOrderOfServersWhateverTheOrderOfTheListing() {
        follow(THREE, ONE, TWO);
        assertThat(List.of(succeed(), succeed(), succeed(), succeed())).containsExactly(ONE, TWO, THREE, ONE);
    }

    @Test
    void differentClientsBeginAtDifferentServers() {
        Listing listing = new Listing(List.of(ONE, TWO, THREE), false);
        Map<Server, Integer> first = new HashMap<>();
        Random random = new Random(7);
        for (int client = 0; client < 3_000; client++) {
            Rotation other = new Rotation(random.nextInt());
            other.follow(listing);
            first.merge(other.next(List.of(), now).server(), 1, Integer::sum);
        }
        assertThat(first.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }

    @Test
    void turnsStayEvenWhenTheCounterWraps() {
        Rotation late = new Rotation(Integer.MAX_VALUE - 100);
        late.follow(new Listing(List.of(ONE, TWO, THREE), false));
        Map<Server, Integer> counts = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            counts.merge(late.next(List.of(), now).server(), 1, Integer::sum);
        }
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(99, 101));
    }

    @Test
    void manyThreadsShareTheTurnsEvenly() throws Exception {
        follow(ONE, TWO, THREE);
        Map<Server, AtomicInteger> counts = new ConcurrentHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> threads = new ArrayList<>();
        CountDownLatch together = new CountDownLatch(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.add(pool.submit(() -> {
                together.countDown();
                together.await();
                for (int i = 0; i < 3_000; i++) {
                    counts.computeIfAbsent(succeed(), server -> new AtomicInteger())
                            .incrementAndGet();
                }
                return null;
            }));
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
        pool.shutdown();
        assertThat(counts.values()).extracting(AtomicInteger::get).containsOnly(8_000);
    }

    @Test
    void aServerThatFailedIsLeftAloneForASecondAndItsShareGoesToAllOthersAlike() {
        follow(ONE, TWO, THREE);
        assertThat(fail()).isEqualTo(ONE);
        pass(999);
        assertThat(count(100)).containsOnly(Map.entry(TWO, 50), Map.entry(THREE, 50));
        pass(1);
        assertThat(count(300)).containsOnlyKeys(ONE, TWO, THREE);
    }

    @Test
    void quarantineDoublesWithEachFailureUpToThirtySeconds() {
        follow(ONE, TWO);
        fail();
        for (long seconds : List.of(1, 2, 4, 8, 16, 30, 30, 30)) {
            pass(seconds * 1_000 - 1);
            assertThat(count(10)).containsOnlyKeys(TWO);
            pass(1);
            failAtProbe(ONE);
        }
        assertThat(rotation.quarantines()).isEqualTo(9);
    }

    private void failAtProbe(Server server) {
        failAtProbe(server, 0);
    }

    private void failAtProbe(Server server, long asked) {
        for (int i = 0; i < 2; i++) {
            Turn turn = turn();
            if (turn.server().equals(server)) {
                turn.failed(now, asked);
                return;
            }
            turn.succeeded();
        }
        throw new AssertionError(server + " was not tried");
    }

    @Test
    void aServerThatCameBackIsForgivenWhatItDid() {
        follow(ONE, TWO);
        fail();
        pass(1_000);
        assertThat(count(2)).containsOnlyKeys(ONE, TWO);
        assertThat(rotation.troubled()).isZero();
        failAtProbe(ONE);
        pass(1_000);
        assertThat(count(2)).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void oneRequestAtATimeTriesAServerThatComesOutOfQuarantine() {
        follow(ONE, TWO);
        fail();
        pass(1_000);
        List<Turn> underWay = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            underWay.add(turn());
        }
        assertThat(underWay).filteredOn(turn -> turn.server().equals(ONE)).hasSize(1);
        underWay.forEach(Turn::abandoned);
        assertThat(count(4)).as("a probe that told nothing is made again").containsOnlyKeys(ONE, TWO);
    }

    @Test
    void requestsThatFailTogetherAreOneFailure() {
        follow(ONE, TWO);
        List<Turn> underWay = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            underWay.add(turn());
        }
        underWay.stream().filter(turn -> turn.server().equals(ONE)).forEach(turn -> turn.failed(now, 0));
        assertThat(rotation.quarantines()).isEqualTo(1);
        pass(1_000);
        assertThat(count(10)).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void aLateSuccessDoesNotEndAQuarantineThatBeganAfterIt() {
        follow(ONE, TWO);
        Turn early = turn();
        assertThat(early.server()).isEqualTo(ONE);
        succeed();
        assertThat(fail()).isEqualTo(ONE);
        early.succeeded();
        assertThat(count(10)).containsOnlyKeys(TWO);
    }

    @Test
    void aServerThatAsksForTimeGetsItButNoMoreThanThirtySeconds() {
        follow(ONE, TWO);
        turn().failed(now, SECONDS.toNanos(5));
        pass(4_999);
        assertThat(count(10)).containsOnlyKeys(TWO);
        pass(1);
        assertThat(count(10)).containsOnlyKeys(ONE, TWO);

        failAtProbe(ONE, SECONDS.toNanos(3_600));
        pass(29_999);
        assertThat(count(10)).containsOnlyKeys(TWO);
        pass(1);
        assertThat(count(10)).containsOnlyKeys(ONE, TWO);
    }

    @Test
    void whenAllFailedTheOneWhoseFailureIsLongestAgoIsAsked() {
        follow(ONE, TWO, THREE);
        assertThat(fail()).isEqualTo(ONE);
        pass(10);
        Server second = fail();
        pass(10);
        Server third = fail();
        assertThat(List.of(ONE, second, third)).containsExactlyInAnyOrder(ONE, TWO, THREE);
        pass(10);
        assertThat(fail()).isEqualTo(ONE);
        pass(10);
        assertThat(fail()).isEqualTo(second);
        pass(10);
        assertThat(succeed()).isEqualTo(third);
        assertThat(succeed()).as("one that is well again").isEqualTo(third);
    }

    @Test
    void aCallAsksOthersBeforeItAsksTheSameAgain() {
        follow(ONE, TWO, THREE);
        assertThat(succeed(TWO, THREE)).isEqualTo(ONE);
        assertThat(succeed(ONE, TWO)).isEqualTo(THREE);
        assertThat(rotation.hasOther(List.of(ONE, TWO, THREE), now)).isFalse();
        assertThat(rotation.hasOther(List.of(ONE, TWO), now)).isTrue();
        assertThat(succeed(ONE, TWO, THREE)).isIn(ONE, TWO, THREE);
    }

    @Test
    void aServerThatDrainsIsAskedOnlyWhenNoOtherIsWell() {
        follow(ONE, TWO);
        Turn underWay = turn();
        assertThat(underWay.server()).isEqualTo(ONE);
        follow(draining(ONE), TWO);
        assertThat(count(100)).containsOnlyKeys(TWO);
        underWay.succeeded();
        assertThat(rotation.troubled()).isZero();

        turn().failed(now, 0);
        assertThat(count(10)).containsOnlyKeys(draining(ONE));
    }

    @Test
    void anEmptyListHasNoTurns() {
        assertThat(rotation.next(List.of(), now)).isNull();
        follow();
        assertThat(rotation.next(List.of(), now)).isNull();
        assertThat(rotation.hasOther(List.of(), now)).isFalse();
    }

    @Test
    void aNewListKeepsWhatIsKnownOfThoseThatStay() {
        follow(ONE, TWO);
        assertThat(fail()).isEqualTo(ONE);
        follow(ONE, TWO, THREE);
        assertThat(count(10)).containsOnlyKeys(TWO, THREE);
        follow(TWO, THREE);
        follow(ONE, TWO, THREE);
        assertThat(count(30)).as("one that was away is new").containsOnlyKeys(ONE, TWO, THREE);
    }

    @Test
    void aNewRunOfANodeIsNotBlamedForTheOldOne() {
        follow(ONE, TWO);
        assertThat(fail()).isEqualTo(ONE);
        Server restarted = server(1, 2);
        follow(restarted, TWO);
        assertThat(count(10)).containsOnly(Map.entry(restarted, 5), Map.entry(TWO, 5));
    }

    /** Whatever happens, no server is asked more than once a second while it is in trouble and others are well. */
    @Test
    void anHourOfChanceBreaksNoRule() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Rotation other = new Rotation(random.nextInt());
            List<Server> all = new ArrayList<>(List.of(ONE, TWO, THREE, server(4, 1)));
            Map<Server, Long> downUntil = new HashMap<>();
            Map<Server, Long> lastFailure = new HashMap<>();
            other.follow(new Listing(all, false));
            for (int step = 0; step < 5_000; step++) {
                now += random.nextLong(SECONDS.toNanos(1));
                if (random.nextInt(50) == 0) {
                    Collections.shuffle(all, random);
                    downUntil.put(all.get(0), now + random.nextLong(SECONDS.toNanos(120)));
                }
                Turn turn = other.next(List.of(), now);
                boolean down = now - downUntil.getOrDefault(turn.server(), now) < 0;
                Long failed = lastFailure.get(turn.server());
                boolean someoneWell = other.troubled() < all.size();
                if (failed != null && someoneWell && down) {
                    assertThat(now - failed)
                            .as("seed %d, step %d", seed, step)
                            .isGreaterThanOrEqualTo(SECONDS.toNanos(1));
                }
                if (down) {
                    turn.failed(now, 0);
                    lastFailure.put(turn.server(), now);
                } else {
                    turn.succeeded();
                    lastFailure.remove(turn.server());
                }
            }
        }
    }
}
