package io.ticketmesh.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills real processes with SIGKILL, a hundred times in all, and holds what they acknowledged against what is found. */
@Tag("kill")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillIT {
    private static final int CHECKPOINTS_NEVER = Integer.MAX_VALUE;
    private static final int CHECKPOINTS_ALL_THE_TIME = 50;

    @TempDir
    Path directory;

    @Test
    void forgetsNothingWhenKilledWhileWriting() throws Exception {
        killAgainAndAgain(30, CHECKPOINTS_NEVER, new Random(1));
    }

    @Test
    void forgetsNothingWhenKilledInTheMiddleOfCheckpoints() throws Exception {
        killAgainAndAgain(40, CHECKPOINTS_ALL_THE_TIME, new Random(2));
    }

    @Test
    void opensAfterBeingKilledDuringItsVeryFirstStart() throws Exception {
        Random random = new Random(3);
        int unopened = 0;
        for (int round = 0; round < 30; round++) {
            Path fresh = directory.resolve("first-" + round);
            Acknowledged acknowledged = new Acknowledged();
            Process victim = start(fresh, round, CHECKPOINTS_ALL_THE_TIME);
            // From before the directory exists to just after the first writes, whatever the machine's speed.
            boolean ended = victim.waitFor(100 + random.nextInt(1_000), TimeUnit.MILLISECONDS);
            assertThat(ended).as("ended by itself").isFalse();
            unopened += killAndRead(victim, acknowledged) ? 0 : 1;
            requireAllIn(fresh, acknowledged);
        }
        assertThat(unopened).as("killed before it was open").isPositive();
    }

    private void killAgainAndAgain(int rounds, int checkpointEvery, Random random) throws Exception {
        Path home = directory.resolve("home");
        Acknowledged acknowledged = new Acknowledged();
        for (int round = 0; round < rounds; round++) {
            Process victim = start(home, round, checkpointEvery);
            int after = random.nextInt(1_500);
            try (BufferedReader lines = reader(victim)) {
                for (int i = 0; i < after; i++) {
                    String line = lines.readLine();
                    assertThat(line).as("a line of the victim").isNotNull();
                    acknowledged.note(line);
                }
                victim.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe before it is read
                rest(lines, acknowledged);
            }
            victim.waitFor();
            requireAllIn(home, acknowledged);
        }
        assertThat(acknowledged.size()).as("acknowledged tickets").isGreaterThan(rounds);
    }

    /** Whether the victim had opened its directory. */
    private static boolean killAndRead(Process victim, Acknowledged acknowledged) throws Exception {
        victim.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe before it is read
        try (BufferedReader lines = reader(victim)) {
            boolean opened = rest(lines, acknowledged) > 0;
            victim.waitFor();
            return opened;
        }
    }

    /** Notes the lines that are whole; returns how many. */
    private static int rest(BufferedReader lines, Acknowledged acknowledged) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int character = lines.read(); character >= 0; character = lines.read()) {
            all.append((char) character);
        }
        int whole = 0;
        int start = 0;
        for (int end = all.indexOf("\n"); end >= 0; end = all.indexOf("\n", start)) {
            acknowledged.note(all.substring(start, end));
            start = end + 1;
            whole++;
        }
        return whole;
    }

    private static void requireAllIn(Path home, Acknowledged acknowledged) {
        try (TicketMesh mesh = TicketMesh.open(home)) {
            acknowledged.requireAllIn(mesh);
            String id = mesh.tickets().create("still writable").id().toString();
            mesh.tickets().purge(id);
        }
    }

    private static BufferedReader reader(Process victim) {
        return new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Process start(Path home, int seed, int checkpointEvery) throws IOException {
        return VictimProcess.launch(Victim.class, home, seed, checkpointEvery);
    }
}
