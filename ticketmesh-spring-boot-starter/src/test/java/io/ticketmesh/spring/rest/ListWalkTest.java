package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListWalkTest {
    private static final int TICKETS = 23;
    private static Host host;

    @BeforeAll
    static void start() {
        host = Host.start();
        for (int i = 0; i < TICKETS; i++) {
            Waiting.untilTheClockMoves();
            String priority = List.of("low", "normal", "high", "urgent").get(i % 4);
            host.post(
                            "/tickets",
                            "{\"title\":\"Ticket " + i + (i % 3 == 0 ? " printer" : "") + "\",\"priority\":\""
                                    + priority
                                    + "\",\"tags\":[\"t" + i % 2 + "\"" + (i % 5 == 0 ? ",\"Five\"" : "") + "]"
                                    + (i % 2 == 0 ? ",\"assignee\":\"bob\"" : "") + "}")
                    .is(201);
        }
        host.delete("/tickets/" + host.create("Deleted, and in no list").id()).is(204);
        host.awaitIndex();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void theLinksLeadThroughAllRowsOnceAndBack() {
        List<String> forward = new ArrayList<>();
        String last = "";
        for (String path = "/tickets?limit=5&sort=-priority,createdAt";
                path != null;
                path = link(host.get(path), "next")) {
            last = path;
            forward.addAll(host.get(path).is(200).each("/items", "id"));
        }
        assertThat(forward).hasSize(TICKETS).doesNotHaveDuplicates();
        List<String> backward = new ArrayList<>();
        for (String path = last; path != null; path = link(host.get(path), "prev")) {
            List<String> page = new ArrayList<>(host.get(path).is(200).each("/items", "id"));
            Collections.reverse(page);
            backward.addAll(page);
        }
        Collections.reverse(backward);
        assertThat(backward).isEqualTo(forward);
    }

    private static String link(Answer answer, String rel) {
        String header = answer.header("Link");
        Matcher link = Pattern.compile("<([^>]+)>; rel=\"" + rel + "\"").matcher(header == null ? "" : header);
        return link.find() ? link.group(1) : null;
    }

    @Test
    void theNewestComeFirstByDefault() {
        Answer page = host.get("/tickets").is(200);
        assertThat(page.at("/items/0/title")).isEqualTo("Ticket 22");
        assertThat(page.at("/limit")).isEqualTo("50");
        assertThat(page.has("/next")).isFalse();
        assertThat(page.has("/total")).isFalse();
        assertThat(page.header("Link")).isNull();
    }

    @Test
    void aLargerLimitIsReducedAndTheReplySaysSo() {
        Answer reduced = host.get("/tickets?limit=1000000000000").is(200);
        assertThat(reduced.at("/limit")).isEqualTo("100");
        assertThat(reduced.at("/limitReduced")).isEqualTo("true");
        assertThat(host.get("/tickets?limit=100").has("/limitReduced")).isFalse();
    }

    @Test
    void filtersMeanWhatTheySay() {
        assertThat(count("priority=high,urgent")).isEqualTo(11);
        assertThat(count("assignee=bob")).isEqualTo(12);
        assertThat(count("assignee=none")).isEqualTo(11);
        assertThat(count("reporter=@me")).isEqualTo(TICKETS);
        assertThat(count("tag=t0&tag=five")).isEqualTo(3);
        assertThat(count("tagAny=t0,FIVE")).isEqualTo(14);
        assertThat(count("tagNone=t0")).isEqualTo(11);
        assertThat(count("q=printer%20-tag:t0")).isEqualTo(4);
        assertThat(count("q=printer&priority=low")).isEqualTo(2);
        assertThat(count("createdAfter=2020-01-01T00:00:00Z&status=new&category=open"))
                .isEqualTo(TICKETS);
        assertThat(count("createdBefore=2020-01-01")).isZero();
        assertThat(count("overdue=true")).isZero();
        assertThat(count("has=conflict")).isZero();
        assertThat(count("deleted=true")).isEqualTo(TICKETS + 1);
        assertThat(count("deleted=only")).isEqualTo(1);
    }

    private static int count(String filter) {
        Answer answer = host.get("/tickets?count=true&limit=1&" + filter).is(200);
        return Integer.parseInt(answer.at("/total"));
    }

    @Test
    void fieldsAreChosen() {
        Answer page = host.get("/tickets?limit=1&fields=key,etag").is(200);
        assertThat(page.at("/items/0")).matches("\\{\"key\":\"TM-[0-9A-Z]{8}\",\"etag\":\"[0-9a-z]+\"}");
        Answer refused = host.get("/tickets?fields=key,nonsense").isProblem(400, "invalid-parameter");
        assertThat(refused.at("/errors/0/parameter")).isEqualTo("fields");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String cursor = host.get("/tickets?limit=2").at("/next");
        host.get("/tickets?limit=7&cursor=" + cursor).is(200);
        host.get("/tickets?priority=low&cursor=" + cursor).isProblem(400, "invalid-parameter");
        host.get("/tickets?sort=dueAt&cursor=" + cursor).isProblem(400, "invalid-parameter");
        host.get("/tickets?cursor=" + cursor + "x").isProblem(400, "invalid-parameter");
        host.get("/tickets?cursor=").isProblem(400, "invalid-parameter");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Answer refused = host.get(
                        "/tickets?status=opn&limit=0&sort=title&createdAfter=yesterday&count=yes&page=2&q=foo:bar")
                .isProblem(400, "invalid-parameter");
        assertThat(refused.each("/errors", "parameter"))
                .containsExactlyInAnyOrder("status", "limit", "sort", "createdAfter", "count", "page", "q");
    }

    @Test
    void numbersAreGiven() {
        Answer stats = host.get("/tickets/stats").is(200);
        assertThat(stats.at("/total")).isEqualTo(String.valueOf(TICKETS));
        assertThat(stats.at("/deleted")).isEqualTo("1");
        assertThat(stats.at("/priority/low")).isEqualTo("6");
        assertThat(stats.at("/ages/underOneDay")).isEqualTo(String.valueOf(TICKETS));
        host.get("/tickets/stats?x=1").isProblem(400, "invalid-parameter");
    }
}
