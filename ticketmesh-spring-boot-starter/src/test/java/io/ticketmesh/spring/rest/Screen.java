package io.ticketmesh.spring.rest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One person before one browser, with a storage of its own. When it is closed, nothing may have gone wrong in it: no error in the console,
 * which is also where the browser tells of what the policy forbade, and no request to anywhere else.
 */
final class Screen implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final String origin;
    private final List<String> faults = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    private Screen(BrowserContext context, String origin) {
        this.context = context;
        this.origin = origin;
        this.page = context.newPage();
        page.setDefaultTimeout(Browsers.PATIENCE_MILLIS);
        page.onConsoleMessage(this::note);
        page.onPageError(error -> faults.add("error: " + error));
        context.onRequest(request -> {
            requests.add(request);
            if (!request.url().startsWith(origin + "/")) {
                faults.add("request to " + request.url());
            }
        });
    }

    static Screen at(Host host) {
        return at(host, 1280, 800, ColorScheme.LIGHT);
    }

    static Screen at(Host host, int width, int height, ColorScheme colours) {
        return at(host, width, height, colours, "UTC");
    }

    /** Somebody who lives in that time zone. */
    static Screen in(String zone, Host host) {
        return at(host, 1280, 800, ColorScheme.LIGHT, zone);
    }

    private static Screen at(Host host, int width, int height, ColorScheme colours, String zone) {
        BrowserContext context = Browsers.get()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(colours)
                        .setLocale("en-GB")
                        .setTimezoneId(zone));
        return new Screen(context, "http://127.0.0.1:" + host.port());
    }

    static Screen at(Door door) {
        return new Screen(Browsers.get().newContext(), "http://127.0.0.1:" + door.port());
    }

    private void note(ConsoleMessage message) {
        boolean bad = message.type().equals("error") || message.type().equals("warning");
        if (bad) {
            faults.add(message.type() + ": " + message.text() + " " + message.location());
        }
    }

    /** Opens the console at an address, as in {@code #/board}; empty for where it begins. */
    Screen open(String address) {
        page.navigate(origin + "/ticketmesh/" + address);
        assertThat(page.locator(".main header.bar")).isVisible();
        return this;
    }

    Page page() {
        return page;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    Locator button(String name) {
        return page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    /** Presses a button, by mouse. */
    void click(String button) {
        button(button).click();
    }

    /** Types keys, one after the other, wherever the focus is. */
    void press(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    void type(String text) {
        page.keyboard().type(text);
    }

    /** Chooses from the menu that is open, by mouse. */
    void choose(String option) {
        page.locator(".menu li", new Page.LocatorOptions().setHasText(option))
                .first()
                .click();
    }

    /** Waits for the menu, narrows it down and takes what is left first, by keyboard. */
    void chooseByKeys(String option) {
        assertThat(page.locator(".menu input")).isFocused();
        type(option);
        press("Enter");
        assertThat(page.locator(".menu")).hasCount(0);
    }

    void sees(String selector, String text) {
        assertThat(page.locator(selector, new Page.LocatorOptions().setHasText(text))
                        .first())
                .isVisible();
    }

    /** Everything that axe finds wrong, in words; empty when all is well. */
    List<String> barriers() {
        page.waitForFunction( // what fades in has no contrast yet
                "() => document.getAnimations().every((one) => one.playState !== 'running'"
                        + " || one.effect.getComputedTiming().iterations === Infinity)");
        page.evaluate(axe());
        List<?> found = (List<?>) page.evaluate(
                "() => axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations.flatMap(({id, nodes}) =>"
                        + " nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`)))");
        return found.stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream script = Screen.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The script of axe cannot be read", e);
        }
    }

    /** Whether anything sticks out at the right, so that the page would have to be pushed to and fro. */
    boolean overflows() {
        return (Boolean) page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"
                + " || [...document.querySelectorAll('.scroll')].some((box) => box.scrollWidth > box.clientWidth + 1)");
    }

    /** What was noted so far is forgotten: the test made it go wrong on purpose. */
    void forgive() {
        faults.clear();
    }

    @Override
    public void close() {
        context.close();
        assertThat(faults).as("what went wrong in the browser").isEmpty();
    }
}
