package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ticketmesh.registry.RegistryWorld.ClientStation;
import io.ticketmesh.registry.RegistryWorld.RegistryStation;
import io.ticketmesh.registry.RegistryWorld.ServerStation;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Registries that are killed, restarted empty and paused, servers that come, go, die and drain, and a network that loses, repeats and
 * reorders. Nobody who lives may vanish meanwhile, nobody who drains be up again, and in the end all know the same. {@code -Dregistry.seed} runs one seed,
 * {@code -Dregistry.seeds} so many.
 */
class RegistrySimulationTest {
    private static final int SEEDS = 200;
    /** Protection may hold back an end for a minute. */
    private static final long SETTLE = 100_000;

    @TestFactory
    Stream<DynamicTest> nobodyWhoLivesVanishesAndInTheEndAllKnowTheSame() {
        Long one = Long.getLong("registry.seed");
        LongStream seeds =
                one == null ? LongStream.range(0, Integer.getInteger("registry.seeds", SEEDS)) : LongStream.of(one);
        return seeds.mapToObj(seed -> dynamicTest("seed " + seed, () -> play(seed)));
    }

    private static void play(long seed) {
        RegistryWorld world = new RegistryWorld(seed);
        Random random = world.random;
        world.disturb(random.nextInt(6), random.nextInt(20), 1 + random.nextInt(60));
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            world.registry("registry " + i);
        }
        for (int i = 0; i < 2 + random.nextInt(8); i++) {
            world.server("server " + i);
        }
        for (int i = 0; i < 2; i++) {
            world.client("client " + i);
        }
        world.run(20_000);
        for (int step = 0; step < 40; step++) {
            strike(world, random);
            world.run(random.nextInt(4) == 0 ? 1 + random.nextInt(20_000) : 1 + random.nextInt(3_000));
        }
        world.disturb(0, 0, 5);
        world.registries().forEach(registry -> {
            if (!registry.isRunning()) {
                registry.start();
            } else if (registry.isPaused()) {
                registry.resume();
            }
        });
        world.run(SETTLE);
        check(world, seed);
    }

    private static void strike(RegistryWorld world, Random random) {
        RegistryStation registry =
                world.registries().get(random.nextInt(world.registries().size()));
        ServerStation server =
                world.servers().get(random.nextInt(world.servers().size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> registry.kill();
            case 2, 3, 4 -> {
                if (!registry.isRunning()) {
                    registry.start();
                }
            }
            case 5 -> registry.start();
            case 6 -> registry.pause();
            case 7 -> {
                if (registry.isPaused()) {
                    registry.resume();
                }
            }
            case 8 -> server.kill();
            case 9 -> {
                if (server.isRunning()) {
                    if (random.nextBoolean()) {
                        server.drain();
                        world.run(random.nextInt(8_000));
                    }
                    server.leave();
                }
            }
            case 10 -> server.start();
            default -> world.server("server " + world.servers().size());
        }
    }

    private static void check(RegistryWorld world, long seed) {
        List<ServerStation> living =
                world.servers().stream().filter(ServerStation::mustStay).toList();
        for (ClientStation client : world.clients()) {
            assertThat(client.listing().instances())
                    .as("Seed %s: what %s lists", seed, client)
                    .extracting(Instance::node)
                    .containsExactlyInAnyOrderElementsOf(
                            living.stream().map(server -> server.node).toList());
            assertThat(client.listing().stale()).as("Seed %s: stale", seed).isFalse();
            assertThat(client.listing().late()).as("Seed %s: late", seed).isEmpty();
        }
        for (RegistryStation registry : world.registries()) {
            assertThat(registry.registry().size())
                    .as("Seed %s: servers at %s", seed, registry)
                    .isEqualTo(living.size());
        }
    }
}
