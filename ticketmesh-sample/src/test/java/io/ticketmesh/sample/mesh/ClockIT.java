package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose clocks disagree: right, a day ahead, an hour back, ten years ahead. */
@Tag("kill")
@EnabledOnOs(OS.LINUX) // multicasts on loopback
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClockIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Map<String, Duration> AHEAD = Map.of(
            "right", Duration.ZERO,
            "day", Duration.ofDays(1),
            "back", Duration.ofHours(-1),
            "decade", Duration.ofDays(3650));

    @TempDir
    Path directory;

    @Test
    void laterEditsWinWhateverTheClocksSayAndPeopleAreTold() throws Exception {
        try (Nodes nodes = new Nodes(directory, Program.TROUBLED)) {
            for (String name : List.of("right", "day", "back", "decade")) {
                nodes.add(name, "--troubles.clock-ahead=" + AHEAD.get(name).toSeconds() + "s");
            }
            nodes.startAll();
            SampleNode right = nodes.get(0);
            SampleNode decade = nodes.get(3);
            String ticket = right.create("Begun");
            nodes.awaitEqual(SOON);

            eachEditsAfterEach(nodes, ticket);

            for (SampleNode node : nodes.all()) {
                assertThat(node.<List<Object>>read("/tickets/" + ticket + "/conflicts", "$.items"))
                        .as("conflicts on %s", node)
                        .isEmpty();
                assertThat(node.mesh("$.active")).isEqualTo(4);
            }
            AHEAD.forEach((name, ahead) -> {
                if (!name.equals("right")) {
                    Waiting.until(SOON, () -> "drift of " + name, () -> isDrift(right, name, ahead));
                    assertAlarmed(right, name, ahead);
                }
            });
            keepsItsOwnTime(right, Duration.ZERO);
            keepsItsOwnTime(nodes.get(1), AHEAD.get("day"));
            keepsItsOwnTime(nodes.get(2), AHEAD.get("back"));
            assertThat(right.mesh("$.statistics.leadsRefused")).isPositive();
            assertThat(right.mesh("$.statistics.largestLeadMillis"))
                    .isCloseTo(AHEAD.get("decade").toMillis(), within(60_000L));

            Instant before = createdAt(decade);
            decade.trouble("clockAhead=0s");
            Waiting.until(SOON, () -> "still drifting", () -> isDrift(right, "decade", Duration.ZERO));
            eachEditsAfterEach(nodes, ticket);
            nodes.awaitEqual(SOON);
            assertThat(createdAt(decade)).as("a clock that is never put back").isAfterOrEqualTo(before);
            keepsItsOwnTime(right, Duration.ZERO);
        }
    }

    private static void eachEditsAfterEach(Nodes nodes, String ticket) throws IOException {
        int round = 0;
        for (SampleNode first : nodes.all()) {
            for (SampleNode second : nodes.all()) {
                if (first != second) {
                    awaitTitle(List.of(second), ticket, edit(first, ticket, round++));
                    awaitTitle(nodes.all(), ticket, edit(second, ticket, round++));
                }
            }
        }
    }

    private static String edit(SampleNode node, String ticket, int round) throws IOException {
        String title = "Edit " + round + " by " + node;
        SampleNode.require(node.write("PATCH", "/tickets/" + ticket, "{\"title\":\"" + title + "\"}"), 200);
        return title;
    }

    private static void awaitTitle(List<SampleNode> nodes, String ticket, String title) {
        for (SampleNode node : nodes) {
            Waiting.until(
                    SOON,
                    () -> title + " is not what " + node + " has",
                    () -> node.<String>read("/tickets/" + ticket, "$.title").equals(title));
        }
    }

    private static boolean isDrift(SampleNode node, String member, Duration expected) throws IOException {
        List<Number> drift = node.read("/ticketmesh/mesh", "$.members[?(@.name == '" + member + "')].driftMillis");
        return drift.size() == 1 && Math.abs(drift.get(0).longValue() - expected.toMillis()) < 5_000;
    }

    private static void assertAlarmed(SampleNode node, String member, Duration ahead) {
        Matcher alarm = Pattern.compile(
                        "The clock of node [0-9a-f]+ \\(" + member + "\\) is ([0-9]+) s (ahead of|behind)")
                .matcher(node.logText());
        assertThat(alarm.find())
                .as("an alarm of %s in %s", member, node.logText())
                .isTrue();
        assertThat(Long.parseLong(alarm.group(1))).isCloseTo(Math.abs(ahead.toSeconds()), within(5L));
        assertThat(alarm.group(2)).isEqualTo(ahead.isNegative() ? "behind" : "ahead of");
    }

    /** A ticket that it creates has the time of its own clock, not that of the clocks it has heard of. */
    private static void keepsItsOwnTime(SampleNode node, Duration ahead) throws IOException {
        assertThat(createdAt(node)).isCloseTo(Instant.now().plus(ahead), within(60, ChronoUnit.SECONDS));
    }

    private static Instant createdAt(SampleNode node) throws IOException {
        return Instant.parse(node.read("/tickets/" + node.create("What time is it"), "$.createdAt"));
    }
}
