package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application in Kotlin, which was compiled with warnings as errors. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KotlinHostIT {
    @TempDir
    Path directory;

    @Test
    void itsOwnPagesUseTheJavaApi() {
        int port = Host.freePort();
        try (Host host = Launch.of("kotlin", "com.example.kotlin.KotlinApplicationKt")
                .with("--server.port=" + port)
                .in(directory.resolve("work"))) {
            Web web = host.web(port);
            String key = web.post("/own/alarms", "{\"machine\":\"Press 4\",\"urgent\":true}")
                    .body();
            assertThat(web.get("/tickets/" + key).body()).contains("\"priority\":\"urgent\"", "\"tags\":[\"alarm\"]");
            assertThat(web.get("/own/alarms/" + key).body())
                    .isEqualTo("{\"key\":\"" + key + "\",\"title\":\"Press 4 stands still\",\"assignee\":null}");
            assertThat(web.get("/own/alarms/TM-00000000").body()).isEmpty();
        }
    }
}
