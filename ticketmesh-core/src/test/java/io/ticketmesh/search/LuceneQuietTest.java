package io.ticketmesh.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.ticket.TicketQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneQuietTest {
    @Test
    void anApplicationHearsNothingOfLuceneWhenItStarts(@TempDir Path directory) throws Exception {
        assertThat(outputOf(directory)).isEqualTo("found 1" + System.lineSeparator());
    }

    private static String outputOf(Path directory) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(java, "-cp", classPath, Application.class.getName(), directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts in a Java of its own, where nothing has woken Lucene before, and whose log goes to standard error. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) {
            Desk desk = new Desk();
            desk.create("printer");
            try (LuceneSearchIndex index = LuceneSearchIndex.open(desk.store, Path.of(arguments[0]))) {
                SearchPage page = index.page(TicketQuery.newest(10), Duration.ofMinutes(1));
                System.out.println("found " + page.page().tickets().size());
            }
        }
    }
}
