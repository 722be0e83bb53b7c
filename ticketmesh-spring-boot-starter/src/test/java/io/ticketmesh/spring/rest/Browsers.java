package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of the machine, one for all tests of this process. Where there is none, tests of the console are skipped; a
 * build server names one by {@code -Dticketmesh.tests.browser=}, and then it must be there.
 */
final class Browsers {
    static final int PATIENCE_MILLIS = 45_000;

    private static final String NAMED = System.getProperty("ticketmesh.tests.browser", "");
    private static final List<String> USUAL =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static Browser running;

    private Browsers() {}

    static synchronized Browser get() {
        if (running == null) {
            running = launch(executable());
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        }
        return running;
    }

    private static Path executable() {
        if (!NAMED.isEmpty()) {
            assertThat(Path.of(NAMED)).as("the browser that was named").isExecutable();
            return Path.of(NAMED);
        }
        Path found = USUAL.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(found != null, "no Chromium on this machine");
        return found;
    }

    private static Browser launch(Path executable) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setHeadless(true)
                        .setTimeout(PATIENCE_MILLIS)
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }
}
