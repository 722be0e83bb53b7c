package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.definition.CannedReply;
import io.ticketmesh.definition.Expectation;
import io.ticketmesh.definition.SavedView;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.erasure.Erasure;
import io.ticketmesh.erasure.ErasureMode;
import io.ticketmesh.json.CommentJson;
import io.ticketmesh.json.HistoryJson;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.NewsJson;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.webhook.Webhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ErasureTest {
    private static final String SECRET = "xylophone";

    private final Group group = new Group();

    @AfterEach
    void close() {
        group.close();
    }

    /** What mallory wrote, in a ticket of her own and in one of somebody else. */
    private record Story(String own, String other, List<AsOf> points) {
        static Story tell(TicketMesh node) {
            Tickets mallory = node.tickets("mallory");
            List<AsOf> points = new ArrayList<>();
            TicketView own = mallory.create(
                    "My " + SECRET,
                    edit -> edit.description("The " + SECRET + " is broken")
                            .customField("card", new FieldValue.Text(SECRET))
                            .comment("Where is my " + SECRET + "?"));
            points.add(AsOf.state(own.etag()));
            String id = own.id().toString();
            points.add(AsOf.state(mallory.change(id, edit -> edit.title("Two " + SECRET + "s"))
                    .etag()));
            String other = node.tickets("alice").create("Printer").id().toString();
            CommentView edited = mallory.comment(other, "Mine too, says the " + SECRET);
            mallory.editComment(other, edited.id(), "Also the " + SECRET);
            node.tickets("alice").change(other, edit -> edit.assignee("mallory").watcher("mallory"));
            node.tickets("alice").comment(other, "We look at it");
            points.add(AsOf.version(node.version()));
            points.add(AsOf.time(Instant.ofEpochMilli(node.service().nowMillis())));
            return new Story(id, other, points);
        }
    }

    private static Erasure erase(TicketMesh node, ErasureMode mode) throws Exception {
        return node.erasures().erase("mallory", mode, "admin").done().get(60, TimeUnit.SECONDS);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Everything that a node tells of its tickets, in every way. */
    private static String all(TicketMesh node, Story story) throws IOException {
        StringBuilder told = new StringBuilder();
        for (TicketView ticket : node.tickets()
                .query(TicketQuery.of(TicketFilter.EVERYTHING, 100))
                .items()) {
            String id = ticket.id().toString();
            told.append(JsonWriter.text(json -> TicketJson.at(Instant.EPOCH).write(json, ticket)));
            node.tickets()
                    .comments(id)
                    .forEach(comment -> told.append(JsonWriter.text(json -> CommentJson.write(json, comment))));
            node.tickets()
                    .history(id)
                    .forEach(entry -> told.append(JsonWriter.text(json -> HistoryJson.write(json, entry))));
            ticket.trail().forEach(step -> told.append(step.actor()));
        }
        for (AsOf point : story.points()) {
            for (String id : List.of(story.own(), story.other())) {
                try {
                    TicketView then = node.tickets().get(id, point);
                    told.append(
                            JsonWriter.text(json -> TicketJson.at(Instant.EPOCH).write(json, then)));
                    node.tickets()
                            .comments(id, point)
                            .forEach(comment -> told.append(JsonWriter.text(json -> CommentJson.write(json, comment))));
                } catch (io.ticketmesh.ticket.UnknownTicketException | GoneTicketException notThere) {
                    told.append("nothing");
                }
            }
        }
        node.service()
                .feed()
                .read(VersionVector.EMPTY, 1_000)
                .news()
                .forEach(news -> told.append(JsonWriter.text(json -> NewsJson.write(json, news, node.service()))));
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        node.exporter().ndjson(export);
        node.exporter().csv(export);
        return told.append(export.toString(StandardCharsets.UTF_8)).toString();
    }

    @Test
    void nothingThatMalloryWroteIsToldAnyMoreAndNobodyIsCalledSo() throws Exception {
        TicketMesh node = group.open();
        Story story = Story.tell(node);
        assertThat(all(node, story)).contains(SECRET, "mallory");

        Erasure erasure = erase(node, ErasureMode.REDACT);

        assertThat(all(node, story)).doesNotContain(SECRET).doesNotContain("mallory");
        assertThat(erasure.tickets()).isEqualTo(1);
        assertThat(erasure.comments()).isEqualTo(2);
        assertThat(erasure.names()).isEqualTo(2);
        assertThat(erasure.isComplete()).isTrue();
        TicketView own = node.tickets().get(story.own());
        assertThat(own.title()).isEqualTo(Ticket.REDACTED);
        assertThat(own.description()).isEmpty();
        assertThat(own.customFields()).isEmpty();
        assertThat(own.isRedacted()).isTrue();
        assertThat(List.of(own.reporter(), own.createdBy())).containsOnly(erasure.pseudonym());
        TicketView other = node.tickets().get(story.other());
        assertThat(other.title()).isEqualTo("Printer");
        assertThat(other.assignee()).isEqualTo(erasure.pseudonym());
        assertThat(other.watchers()).containsExactly("alice", erasure.pseudonym());
        assertThat(node.tickets().comments(story.other()))
                .extracting(CommentView::author, CommentView::body)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(erasure.pseudonym(), ""),
                        org.assertj.core.groups.Tuple.tuple("alice", "We look at it"));
        assertThat(node.tickets().history(story.own()))
                .extracting(HistoryEntry::changes)
                .anySatisfy(changes -> assertThat(changes)
                        .anySatisfy(change -> assertThat(change.field()).isEqualTo("redacted")));
    }

    @Test
    void afterARedactionSomebodyCanWriteAnew() throws Exception {
        TicketMesh node = group.open();
        Story story = Story.tell(node);
        erase(node, ErasureMode.REDACT);

        TicketView again = node.tickets("alice")
                .change(story.own(), edit -> edit.title("An instrument").description("Broken"));

        assertThat(again.title()).isEqualTo("An instrument");
        assertThat(node.tickets().get(story.own(), AsOf.state(again.etag())).description())
                .isEqualTo("Broken");
        assertThat(all(node, story)).doesNotContain(SECRET).contains("An instrument");
    }

    @Test
    void purgingRemovesHerTicketsAndRedactsTheRest() throws Exception {
        TicketMesh node = group.open();
        Story story = Story.tell(node);
        Erasure erasure = erase(node, ErasureMode.PURGE);

        assertThatThrownBy(() -> node.tickets().get(story.own())).isInstanceOf(GoneTicketException.class);
        assertThat(all(node, story)).doesNotContain(SECRET).doesNotContain("mallory");
        assertThat(erasure.tickets()).isEqualTo(1);
        assertThat(erasure.comments()).isEqualTo(1);
    }

    @Test
    void whatIsDeletedIsErasedToo() throws Exception {
        TicketMesh node = group.open();
        Story story = Story.tell(node);
        node.tickets().delete(story.own());
        erase(node, ErasureMode.REDACT);

        assertThat(all(node, story)).doesNotContain(SECRET);
        assertThat(node.tickets().restore(story.own()).title()).isEqualTo(Ticket.REDACTED);
        assertThat(all(node, story)).doesNotContain("mallory");
    }

    @Test
    void aNodeThatWasAwayIsListedUntilItHasCarriedItOutAndWhatItWroteMeanwhileIsVoid() throws Exception {
        TicketMesh here = group.open();
        TicketMesh there = group.open();
        Story story = Story.tell(here);
        group.converge();
        until(() -> here.status().active() == 2 && there.status().active() == 2);
        group.cut();
        there.tickets("mallory").change(story.own(), edit -> edit.title("Third " + SECRET));
        there.tickets("mallory")
                .editComment(
                        story.other(),
                        there.tickets().comments(story.other()).get(0).id(),
                        "Still the " + SECRET);
        String late = there.tickets("mallory").create("Fourth " + SECRET).id().toString();

        Erasure begun = erase(here, ErasureMode.REDACT);
        assertThat(begun.finished()).isTrue();
        assertThat(begun.confirmed()).containsExactly(here.nodeId());
        assertThat(begun.unconfirmed()).containsExactly(there.nodeId());
        assertThat(all(there, story)).contains(SECRET);
        group.heal();
        group.converge();

        for (TicketMesh node : List.of(here, there)) {
            until(() -> node.erasures().find(begun.id()).orElseThrow().isComplete()); // told with the next digest
            Erasure known = node.erasures().find(begun.id()).orElseThrow();
            assertThat(known.confirmed()).containsExactlyInAnyOrder(here.nodeId(), there.nodeId());
            assertThat(node.erasures().latest()).containsExactly(known);
            assertThat(node.tickets().get(story.own()).title()).isEqualTo(Ticket.REDACTED);
            assertThat(all(node, story))
                    .doesNotContain("mallory")
                    .doesNotContain("Still")
                    .doesNotContain("Third");
            assertThat(node.tickets().get(late).title()).isEqualTo("Fourth " + SECRET); // nobody here knew of it
        }
        assertThat(here.digest()).isEqualTo(there.digest());

        erase(there, ErasureMode.REDACT);
        group.converge();
        assertThat(all(here, story)).doesNotContain(SECRET);
    }

    @Test
    void whatIsSetUpIsShownWithoutHerNameAndHerOwnViewsAreGone() throws Exception {
        TicketMesh node = group.open();
        node.views("mallory")
                .put(Shelf.OWN, "own", SavedView.of("Own", "assignee=%40me"), Expectation.NONE)
                .join();
        SavedView hers = SavedView.of("Hers", "assignee=mallory%2Calice&q=is%3Aoverdue+watcher%3Amallory");
        node.views("alice").put(Shelf.SHARED, "hers", hers, Expectation.NONE).join();
        node.replies("mallory")
                .put("thanks", CannedReply.of("Thanks", "Thank you"), Expectation.NONE)
                .join();
        String hook = node.webhooks()
                .create(
                        "mallory",
                        "https://8.8.8.8/",
                        edit -> edit.filter("reporter:mallory").active(false))
                .id();
        TicketView hersNow = node.tickets("alice").create("Printer", edit -> edit.assignee("mallory"));

        String pseudonym = erase(node, ErasureMode.REDACT).pseudonym();

        assertThat(node.views("mallory").all(Shelf.OWN)).isEmpty();
        SavedView shown = node.views("alice").find("hers").orElseThrow().value();
        assertThat(shown.query())
                .isEqualTo("assignee=" + pseudonym + "%2Calice&q=is%3Aoverdue+watcher%3A%22" + pseudonym + "%22");
        assertThat(node.replies().find("thanks").orElseThrow().writtenBy()).isEqualTo(pseudonym);
        Webhook webhook = node.webhooks().get(hook);
        assertThat(webhook.createdBy()).isEqualTo(pseudonym);
        assertThat(webhook.filter()).isEqualTo("reporter:\"" + pseudonym + "\"");
        node.tickets("mallory").change(hersNow.id().toString(), edit -> edit.assignee("mallory"));
        assertThat(node.service().counts().byField().get(Criterion.Field.ASSIGNEE))
                .containsEntry(pseudonym, 1L)
                .doesNotContainKey("mallory");
        String other = node.erasures()
                .erase("bob", ErasureMode.REDACT, "mallory")
                .done()
                .get(60, TimeUnit.SECONDS)
                .id();
        assertThat(node.erasures().find(other).orElseThrow().by()).isEqualTo(pseudonym);
    }

    @Test
    void anErasureIsFoundAgainAfterARestart(@TempDir Path directory) throws Exception {
        String id;
        Story story;
        try (TicketMesh node = TicketMesh.open(directory)) {
            story = Story.tell(node);
            id = erase(node, ErasureMode.REDACT).id();
        }
        try (TicketMesh node = TicketMesh.open(directory)) {
            Erasure known = node.erasures().find(id).orElseThrow();
            assertThat(known.isComplete()).isTrue();
            assertThat(known.by()).isEqualTo("admin");
            assertThat(node.erasures().find("another")).isEmpty();
            assertThat(all(node, story)).doesNotContain(SECRET).doesNotContain("mallory");
            long operations = node.tickets().history(story.own()).size();
            Erasure again = erase(node, ErasureMode.REDACT);
            assertThat(List.of(again.tickets(), again.comments(), again.names()))
                    .containsOnly(0L);
            assertThat(node.erasures().latest()).extracting(Erasure::id).containsExactly(again.id(), id);
            assertThat(node.tickets().history(story.own())).hasSize((int) operations);
        }
    }

    @Test
    void theOldestErasuresMakeRoomForNewOnes() throws Exception {
        TicketMesh node = group.open();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 203; i++) {
            ids.add(node.erasures()
                    .erase("person-" + i, ErasureMode.REDACT, "admin")
                    .done()
                    .get(60, TimeUnit.SECONDS)
                    .id());
        }

        assertThat(ids.stream().filter(id -> node.erasures().find(id).isPresent()))
                .containsExactlyElementsOf(ids.subList(3, 203));
        assertThat(node.service().names().apply("person-0")).startsWith("erased-");
    }

    private static String inLatin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String filesOf(Path directory) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(inLatin(Files.readAllBytes(file)));
            }
        }
        return all.toString();
    }

    /** Without steps that only call somebody otherwise: there are none where he was never called otherwise. */
    private static String tickets(TicketMesh node) {
        StringBuilder told = new StringBuilder();
        for (TicketView ticket : node.tickets()
                .query(TicketQuery.of(TicketFilter.EVERYTHING, 100))
                .items()) {
            String id = ticket.id().toString();
            told.append(JsonWriter.text(json -> TicketJson.at(Instant.EPOCH).write(json, ticket)))
                    .append(ticket.trail());
            node.tickets()
                    .comments(id)
                    .forEach(comment -> told.append(JsonWriter.text(json -> CommentJson.write(json, comment))));
            node.tickets().history(id).stream()
                    .filter(entry -> entry.changes().stream()
                            .anyMatch(change -> !Objects.equals(change.before(), change.after())))
                    .forEach(entry -> told.append(entry.trace()));
        }
        return told.toString().replaceAll("\"etag\":\"[^\"]*\"", "");
    }

    @Test
    void aMeshThatBeginsWithABundleWithoutWhatWasErasedHoldsItOnNoDisk(@TempDir Path before, @TempDir Path after)
            throws Exception {
        String text = SECRET.substring(0, 8);
        String name = "mallor";
        try (TicketMesh node = TicketMesh.open(before)) {
            Story story = Story.tell(node);
            node.tickets("mallory").attach(story.other(), text + ".txt", new ByteArrayInputStream(new byte[] {1}));
            Tickets mallory = node.tickets("mallory");
            String purged = mallory.create("Away with the " + SECRET).id().toString();
            mallory.comment(purged, "The " + SECRET + " is mine");
            mallory.purge(purged);
            String gone = mallory.create("Into the bin: " + SECRET, edit -> edit.assignee("mallory"))
                    .id()
                    .toString();
            mallory.delete(gone);
            node.views("mallory")
                    .put(Shelf.OWN, "own", SavedView.of(SECRET, ""), Expectation.NONE)
                    .join();
            erase(node, ErasureMode.REDACT);
            node.tickets("alice").change(story.own(), edit -> edit.title("An instrument"));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            node.bundle().write(whole);
            node.bundle().withoutErased().write(rest);

            assertThat(filesOf(before)).contains(text, name);
            assertThat(inLatin(whole.toByteArray())).contains(text, name);
            assertThat(inLatin(rest.toByteArray())).doesNotContain(text).doesNotContain(name);
            try (TicketMesh seeded = TicketMesh.open(after)) {
                seeded.bundle().read(new ByteArrayInputStream(rest.toByteArray()));
                assertThat(seeded.version().dominates(node.version())).isTrue();
                assertThat(tickets(seeded)).isEqualTo(tickets(node)).contains("An instrument");
                assertThat(all(seeded, story)).doesNotContain(SECRET).doesNotContain("mallory");
                assertThat(seeded.tickets().restore(gone).title()).isEqualTo(Ticket.REDACTED);
                assertThatThrownBy(() -> seeded.tickets().get(purged)).isInstanceOf(GoneTicketException.class);
                assertThat(seeded.service().names().apply("mallory")).startsWith("erased-");
            }
            assertThat(filesOf(after))
                    .contains("An instrument")
                    .doesNotContain(text)
                    .doesNotContain(name);
        }
    }

    @Test
    void aNodeThatTakesNoWritesErasesNobodyAndSaysSo() {
        TicketMesh node = group.open(builder -> builder.readOnly(true));
        assertThatThrownBy(() -> erase(node, ErasureMode.REDACT)).hasCauseInstanceOf(ReadOnlyException.class);
        assertThatThrownBy(() -> node.erasures().erase(" ", ErasureMode.REDACT, "admin"))
                .isInstanceOf(InvalidChangeException.class);
    }
}
