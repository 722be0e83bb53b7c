package io.ticketmesh.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: four megabytes of memory, mounted where only one process sees them. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final String SMALL_DISK = "mount -t tmpfs -o size=4m none \"$0\" && exec \"$@\"";

    @TempDir
    Path directory;

    private List<String> onSmallDisk(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(
                "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, directory.toString()));
        whole.addAll(List.of(command));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? told.lines().toList() : List.of("failed: " + told);
    }

    private boolean canMount() throws InterruptedException {
        try {
            return onSmallDisk("echo", "mounted").equals(List.of("mounted"));
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void aFullDiskKeepsNothingByHalvesAndWhatWasThere() throws Exception {
        assumeTrue(canMount(), "disks can be mounted here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(onSmallDisk(
                        java,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FullDisk.class.getName(),
                        directory.toString()))
                .containsSubsequence("no room", "drafts left: 0", "kept: true, 2");
    }
}
