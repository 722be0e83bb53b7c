package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.registry.RegistryWorld.ClientStation;
import io.ticketmesh.registry.RegistryWorld.RegistryStation;
import io.ticketmesh.registry.RegistryWorld.ServerStation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to servers and clients when registries do, in virtual time. That nobody living vanishes is checked all the time. */
class RegistryScenariosTest {
    private RegistryWorld world = new RegistryWorld(0);
    private RegistryStation one;
    private RegistryStation two;
    private final List<ServerStation> servers = new ArrayList<>();
    private ClientStation carol;

    private void begin(long seed, int count) {
        world = new RegistryWorld(seed);
        world.disturb(3, 3, 20);
        one = world.registry("one");
        two = world.registry("two");
        servers.clear();
        for (int i = 0; i < count; i++) {
            servers.add(world.server("server " + i));
        }
        carol = world.client("carol");
        within(10_000, "all are known", () -> knowsAll());
        world.run(11_000);
    }

    private boolean knowsAll() {
        return servers.stream().allMatch(carol::lists) && !carol.listing().stale();
    }

    /** Lets time pass until it holds; returns how long that took. */
    private long within(long millis, String what, BooleanSupplier holds) {
        long began = world.now();
        while (!holds.getAsBoolean()) {
            assertThat(world.now() - began).as("%s, in time", what).isLessThan(millis);
            world.run(10);
        }
        return world.now() - began;
    }

    private void staysFor(long millis, String what, BooleanSupplier holds) {
        for (long end = world.now() + millis; world.now() < end; ) {
            world.run(100);
            assertThat(holds.getAsBoolean()).as("%s, at %s", what, world.now()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingHappensWhenOneRegistryIsKilled(long seed) {
        begin(seed, 3);

        one.kill();

        staysFor(60_000, "all are listed, and the list is fresh", this::knowsAll);
        assertThat(carol.listing().late()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aClientServesFromTheLastListForTenMinutesAndLosesNobodyWhenBothStartAgainEmpty(long seed) {
        begin(seed, 3);

        one.kill();
        two.kill();

        within(10_000, "the list is stale", () -> carol.listing().stale());
        staysFor(
                600_000,
                "all are listed",
                () -> servers.stream().allMatch(carol::lists) && carol.listing().stale());
        bothStartAgainEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nobodyVanishesEitherWhenTheyStartAgainSoon(long seed) {
        begin(seed, 3);
        one.kill();
        two.kill();
        within(10_000, "the list is stale", () -> carol.listing().stale());

        bothStartAgainEmpty();
    }

    /** Nobody vanishes, which is checked all the time, and a new server appears within ten seconds. */
    private void bothStartAgainEmpty() {
        one.start();
        two.start();
        ServerStation dave = world.server("dave");

        within(10_000, "the new one is listed", () -> carol.lists(dave));
        staysFor(60_000, "all are listed, and the list is fresh", this::knowsAll);
        assertThat(one.registry().size()).isEqualTo(4);
        assertThat(two.registry().size()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void registriesThatStartAgainAtOnceAreNotMissed(long seed) {
        begin(seed, 3);

        one.start();
        two.start();

        staysFor(30_000, "all are listed, and the list is fresh", this::knowsAll);
        assertThat(one.registry().size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRegistryThatWasPausedForTwentySecondsDropsNobodyWhoLives(long seed) {
        begin(seed, 3);

        one.pause();
        two.pause();
        world.run(20_000);
        one.resume();
        two.resume();
        int atOnce = one.registry().size();

        assertThat(atOnce).isEqualTo(3);
        staysFor(
                60_000,
                "all are registered",
                () -> one.registry().size() == 3 && two.registry().size() == 3);
        staysFor(10_000, "all are listed, and the list is fresh", this::knowsAll);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aDeadServerIsListedLastAndThenNotAtAll(long seed) {
        begin(seed, 4);
        ServerStation dead = servers.get(0);

        dead.kill();

        long late = within(11_000, "it is late", () -> carol.listing().late().contains(dead.node));
        assertThat(carol.listing().instances().get(3).node()).isEqualTo(dead.node);
        long gone = late + within(11_000, "it is gone", () -> !carol.lists(dead));
        assertThat(late).isGreaterThan(3_000);
        assertThat(gone).isBetween(7_000L, 15_000L);
        assertThat(carol.listing().instances()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aServerThatLeavesIsGoneAtOnce(long seed) {
        begin(seed, 4);

        servers.get(0).leave();

        long took = within(5_000, "it is gone", () -> !carol.lists(servers.get(0)));
        assertThat(took).isLessThan(4_500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aServerThatDrainsIsSeenToWithinTwoRefreshes(long seed) {
        begin(seed, 3);
        ServerStation draining = servers.get(1);

        draining.drain();

        within(
                RegistryAgent.DRAIN_TIME.toMillis(),
                "it drains",
                () -> carol.listing().servers().get(2).state() == Instance.State.DRAINING);
        assertThat(carol.listing().servers().get(2).node()).isEqualTo(draining.node);
        assertThat(carol.listing().instances()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theListIsKeptWhenMostHeartbeatsVanishAtOnce(long seed) {
        begin(seed, 6);
        List<ServerStation> silent = servers.subList(0, 4);

        silent.forEach(server -> {
            world.cut(server, one);
            world.cut(server, two);
        });

        staysFor(55_000, "all are listed", this::knowsAll);
        assertThat(one.registry().leases().isProtecting()).isTrue();
        world.heal();
        within(10_000, "all renew", () -> carol.listing().late().isEmpty());
        staysFor(20_000, "all are listed", this::knowsAll);
        assertThat(one.registry().leases().isProtecting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thoseWhoAreReallyDeadAreNotProtectedForEver(long seed) {
        begin(seed, 6);

        servers.subList(0, 4).forEach(ServerStation::kill);

        within(80_000, "they are gone", () -> carol.listing().instances().size() == 2);
        assertThat(one.registry().leases().isProtecting()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNewRunTakesThePlaceOfTheOldOne(long seed) {
        begin(seed, 3);
        ServerStation again = servers.get(0);
        long before = incarnation(again);

        again.kill();
        again.start();

        within(10_000, "the new run is listed", () -> incarnation(again) > before);
        world.run(20_000);
        assertThat(carol.listing().instances()).hasSize(3);
    }

    private long incarnation(ServerStation server) {
        return carol.listing().instances().stream()
                .filter(instance -> instance.node().equals(server.node))
                .mapToLong(Instance::incarnation)
                .findFirst()
                .orElse(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyServersComeInManyPages(long seed) {
        begin(seed, 60);

        servers.get(17).leave();

        within(5_000, "it is gone", () -> !carol.lists(servers.get(17)));
        assertThat(carol.listing().instances()).hasSize(59);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyTwoOfFiveRegistriesAreEnough(long seed) {
        world = new RegistryWorld(seed);
        world.disturb(3, 3, 20);
        List<RegistryStation> five =
                List.of("a", "b", "c", "d", "e").stream().map(world::registry).toList();
        for (int i = 0; i < 3; i++) {
            servers.add(world.server("server " + i));
        }
        carol = world.client("carol");
        within(10_000, "all are known", this::knowsAll);
        within(
                10_000,
                "all are registered everywhere",
                () -> five.stream().allMatch(registry -> registry.registry().size() == 3));

        for (RegistryStation registry : five.subList(0, 4)) {
            registry.kill();
            staysFor(20_000, "all are listed, and the list is fresh", this::knowsAll);
        }
    }
}
