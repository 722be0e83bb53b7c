package io.ticketmesh.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest extends DiskContract {
    @TempDir
    Path temporary;

    private FileDisk disk;

    @BeforeEach
    void openInANewDirectory() throws IOException {
        disk = FileDisk.open(temporary.resolve("mesh/disk"));
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Override
    Disk disk() {
        return disk;
    }

    @Test
    void theDirectoryBelongsToOneDiskOfAProcess() throws IOException {
        long pid = ProcessHandle.current().pid();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> FileDisk.open(temporary.resolve("mesh/../mesh/disk")))
                    .isInstanceOfSatisfying(DirectoryLockedException.class, e -> {
                        assertThat(e.directory()).isEqualTo(disk.directory());
                        assertThat(e.holder()).hasValue(pid);
                        assertThat(e)
                                .hasMessageContaining(disk.directory().toString())
                                .hasMessageContaining("" + pid);
                    });
        }
        disk.close();
        disk.close();
        disk = FileDisk.open(disk.directory());
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void theDirectoryBelongsToOneProcess() throws Exception {
        assertThat(tryInAnotherProcess())
                .isEqualTo("refused by " + ProcessHandle.current().pid());
        assertThatThrownBy(() -> FileDisk.open(disk.directory())).isInstanceOf(DirectoryLockedException.class);
        assertThat(tryInAnotherProcess())
                .as("a refused attempt in this process must not have released the lock")
                .isEqualTo("refused by " + ProcessHandle.current().pid());
        disk.close();
        assertThat(tryInAnotherProcess()).isEqualTo("opened");
    }

    private String tryInAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenAttempt.class.getName(),
                        disk.directory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String answer = new String(process.getInputStream().readAllBytes()).strip();
            process.waitFor();
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Opens the directory in a process of its own. */
    static final class OpenAttempt {
        public static void main(String[] arguments) throws IOException {
            try (FileDisk disk = FileDisk.open(Path.of(arguments[0]))) {
                System.out.println("opened");
            } catch (DirectoryLockedException e) {
                System.out.println("refused by " + e.holder().getAsLong());
            }
        }
    }

    @Test
    void theLockFileIsNoFileOfTheDisk() throws IOException {
        assertThat(Files.exists(disk.directory().resolve("lock"))).isTrue();
        assertThat(disk.list()).isEmpty();
    }

    @Test
    void interruptedReadersDoNotDisturbOthers() throws Exception {
        try (DiskFile file = disk.open("letter")) {
            file.write(0, bytes("hello"));
            AtomicBoolean done = new AtomicBoolean();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                try {
                    while (!done.get()) {
                        assertThat(read(file, 0, 5)).isEqualTo("hello");
                        Thread.interrupted();
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            reader.start();
            for (int i = 0; i < 20_000 && reader.isAlive(); i++) {
                reader.interrupt();
                assertThat(read(file, 1, 4)).isEqualTo("ello");
            }
            done.set(true);
            reader.join();
            assertThat(failure.get()).isNull();
            file.write(0, bytes("j"));
            file.force();
            assertThat(read(file, 0, 5)).isEqualTo("jello");
        }
    }
}
