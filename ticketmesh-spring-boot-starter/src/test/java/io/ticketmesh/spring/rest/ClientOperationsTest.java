package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.client.ChangedMeanwhileException;
import io.ticketmesh.client.EventSubscription;
import io.ticketmesh.client.ExportFormat;
import io.ticketmesh.client.ImportSource;
import io.ticketmesh.client.InvalidRequestException;
import io.ticketmesh.client.RemoteAttachment;
import io.ticketmesh.client.RemoteCannedReply;
import io.ticketmesh.client.RemoteChanges;
import io.ticketmesh.client.RemoteComment;
import io.ticketmesh.client.RemoteCopies;
import io.ticketmesh.client.RemoteDelivery;
import io.ticketmesh.client.RemoteErasure;
import io.ticketmesh.client.RemoteEvent;
import io.ticketmesh.client.RemoteHighlight;
import io.ticketmesh.client.RemoteIncident;
import io.ticketmesh.client.RemotePage;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.RemoteView;
import io.ticketmesh.client.RemoteWebhook;
import io.ticketmesh.client.Selection;
import io.ticketmesh.client.Server;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.definition.Views.Shelf;
import io.ticketmesh.erasure.ErasureMode;
import io.ticketmesh.incident.Severity;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketFlow;
import io.ticketmesh.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@link TicketMeshClient} speaks the whole REST API, to two real applications that are one mesh. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClientOperationsTest {
    /** Parameters that the client has no words for, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "fields", "tickets are whole",
            "format", "the header Accept says it",
            "lastEventId", "the header Last-Event-ID says it",
            "If-None-Match", "the client keeps nothing that could be confirmed; creating has it",
            "Range", "a stream is not taken up again",
            "If-Range", "a stream is not taken up again");

    @TempDir
    Path directory;

    private Host alice;
    private Host bob;
    private TicketMeshClient client;

    @AfterEach
    void stop() {
        for (AutoCloseable each : new AutoCloseable[] {client, bob, alice}) {
            if (each != null) {
                assertThatCode(each::close).doesNotThrowAnyException();
            }
        }
    }

    private static Host start() {
        return Host.start(Listened.class, Receiving.ALLOWED, "ticketmesh.rest.read-wait=10s");
    }

    private static URI uri(Host host) {
        return URI.create("http://127.0.0.1:" + host.port());
    }

    private static TicketMeshClient clientOf(Host... hosts) {
        return TicketMeshClient.open(builder -> builder.servers(
                                Stream.of(hosts).map(ClientOperationsTest::uri).toArray(URI[]::new))
                        .attemptTimeout(Duration.ofSeconds(20))
                        .callTimeout(Duration.ofSeconds(60)))
                .acknowledgedBy(Acknowledgement.ALL, Duration.ofSeconds(10));
    }

    @Test
    void everyOperationOfTheDocumentHasAWord() throws Exception {
        Listened.anew();
        alice = start();
        bob = start();
        client = clientOf(alice, bob);
        Waiting.until(() -> Stream.of(alice, bob)
                .allMatch(host -> host.node().status().members().size() == 2));
        String ticket = makeAndChange();
        label(ticket);
        talk(ticket);
        disagreeAndSettle(ticket);
        define(ticket);
        look(ticket);
        exchange();
        tellOthers();
        lookAtTheNode();
        end(ticket);

        Waiting.until(Listened::isUpToDate);
        Map<String, Set<String>> said = said();
        Map<String, Set<String>> told = alice.contract().parameters();
        Set<String> missing = new TreeSet<>(told.keySet());
        missing.removeAll(said.keySet());
        assertThat(missing)
                .as("operations for which TicketMeshClient has no word; add one, here too")
                .isEmpty();
        Set<String> unsaid = new TreeSet<>();
        Set<String> leftOut = new HashSet<>();
        told.forEach((operation, parameters) -> parameters.forEach(parameter -> {
            if (LEFT_OUT.containsKey(parameter)) {
                leftOut.add(parameter);
            } else if (!said.get(operation).contains(parameter)
                    && !said.get(operation).contains(parameter.toLowerCase(Locale.ROOT))) {
                unsaid.add(operation + " " + parameter);
            }
        }));
        assertThat(unsaid)
                .as("parameters for which TicketMeshClient has no word; add one, or a reason to LEFT_OUT")
                .isEmpty();
        assertThat(leftOut).as("what has a reason").isEqualTo(LEFT_OUT.keySet());
    }

    /** What succeeded, by operations, with the names of the parameters. */
    private Map<String, Set<String>> said() {
        Map<String, Set<String>> said = new HashMap<>();
        for (Listened.Asked asked : Listened.all()) {
            JsonNode operation = alice.contract().operation(asked.method(), asked.path());
            if (operation != null) {
                said.computeIfAbsent(operation.get("operationId").asString(), first -> new HashSet<>())
                        .addAll(asked.names());
            }
        }
        return said;
    }

    private String makeAndChange() {
        RemoteTicket made = client.create("Printer on fire");
        String ticket = made.key().toString();
        client.create(TicketId.of(UUID.randomUUID()), "Chosen", draft -> draft.tags("chosen"));
        client.change(ticket, draft -> draft.priority(Priority.URGENT));
        RemoteTicket changed =
                client.changeIf(ticket, client.get(ticket).etag(), draft -> draft.title("Printer still on fire"));
        assertThat(changed.title()).isEqualTo("Printer still on fire");
        assertThat(client.get(ticket, '"' + made.etag() + '"').title()).isEqualTo("Printer on fire");
        return ticket;
    }

    private void label(String ticket) {
        String other = client.create("Smoke").key().toString();
        now(ticket).tag(ticket, "hot");
        now(ticket).untag(ticket, "hot");
        now(ticket).watch(ticket, "carol");
        now(ticket).unwatch(ticket, "carol");
        now(ticket).link(ticket, LinkType.BLOCKS, other);
        now(ticket).unlink(ticket, LinkType.BLOCKS, other);
    }

    /** The client for a ticket as it is now. */
    private TicketMeshClient now(String ticket) {
        return client.onlyIf(client.get(ticket).etag());
    }

    private void talk(String ticket) throws IOException {
        RemoteComment comment = now(ticket).comment(ticket, "On my way");
        String then = '"' + client.get(ticket).etag() + '"';
        now(ticket).editComment(ticket, comment.id(), "On my way, with a bucket");
        client.comment(ticket, "Poured");
        assertThat(client.comment(ticket, comment.id()).body()).endsWith("bucket");
        RemotePage<RemoteComment> page = client.comments(ticket, part -> part.limit(1));
        assertThat(client.comments(ticket, part -> part.limit(1).cursor(page.next()))
                        .items())
                .hasSize(1);
        assertThat(client.comments(ticket, then))
                .extracting(RemoteComment::body)
                .containsExactly("On my way");
        now(ticket).redactComment(ticket, comment.id());
        RemoteAttachment note = now(ticket).attach(ticket, "note.txt", () -> bytes("It burns"));
        assertThat(client.attachments(ticket)).containsExactly(note);
        try (InputStream content = client.openAttachment(ticket, note.id())) {
            assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("It burns");
        }
        now(ticket).detach(ticket, note.id());
        client.transitions(ticket);
        now(ticket).transition(ticket, Status.PENDING, draft -> draft.comment("Later"));
        String cursor = client.history(ticket, part -> part.limit(1)).next();
        client.history(ticket, part -> part.limit(1).cursor(cursor));
        RemoteCopies copies = client.copies(ticket);
        assertThat(copies.members()).hasSize(2).allMatch(RemoteCopies.Holder::holds);
        assertThat(copies.members()).filteredOn(RemoteCopies.Holder::accepted).hasSize(1);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private void disagreeAndSettle(String ticket) {
        Wired.PLUGGED.set(false);
        for (Host host : List.of(alice, bob)) {
            host.patch("/tickets/" + ticket, "{\"assignee\":\"" + (host == alice ? "alice" : "bob") + "\"}")
                    .is(200);
        }
        Wired.PLUGGED.set(true);
        Waiting.until(() -> alice.node().version().equals(bob.node().version()));
        assertThat(client.conflicts(ticket)).hasSize(1);
        now(ticket).settle(ticket, "assignee", "carol");
    }

    private void define(String ticket) {
        RemoteView mine =
                client.views().put("urgent", view -> view.title("Urgent").which(which -> which.priority("urgent")));
        assertThat(mine.query()).isEqualTo("priority=urgent");
        assertThat(client.views().get("urgent")).isEqualTo(mine);
        RemoteView shared = client.views()
                .create(
                        "urgent",
                        view -> view.title("For all")
                                .query("priority=urgent,high")
                                .sort("-priority")
                                .columns("key", "title")
                                .shared());
        assertThat(client.views().all()).containsExactly(mine, shared);
        assertThat(client.views().find("urgent")).isEqualTo(mine);
        assertThat(client.views().find(Shelf.SHARED, "urgent")).isEqualTo(shared);
        assertThat(client.list(which -> which.view("urgent")).items()).hasSize(1);
        assertThatThrownBy(() -> client.views().create("urgent", view -> view.title("Once more")))
                .isInstanceOf(ChangedMeanwhileException.class);
        assertThatThrownBy(() -> client.views().putIf("urgent", "other", view -> view.title("Late")))
                .isInstanceOf(ChangedMeanwhileException.class);
        RemoteView newer = client.views().putIf("urgent", mine.etag(), view -> view.title("Newer"));
        client.views().removeIf(Shelf.OWN, "urgent", newer.etag());
        client.views().remove(Shelf.OWN, "urgent");
        assertThat(client.views().get("urgent")).isEqualTo(shared);
        client.views().remove(Shelf.SHARED, "urgent");
        assertThat(client.views().find("urgent")).isNull();

        RemoteCannedReply ask = client.replies()
                .create(
                        "more",
                        reply -> reply.title("Ask").body("Dear {{reporter}}").tags("asked"));
        assertThat(client.replies().all()).containsExactly(ask);
        RemoteCannedReply done = client.replies()
                .putIf(
                        "more",
                        ask.etag(),
                        reply -> reply.title("Done")
                                .body("Dear {{reporter}}")
                                .status(Status.RESOLVED, "fixed")
                                .tags("asked"));
        assertThat(client.replies().get("more")).isEqualTo(done);
        String text = client.replies().render(ticket, "more").body();
        assertThat(text).startsWith("Dear ").doesNotContain("{{");
        assertThat(now(ticket).replies().send(ticket, "more").body()).isEqualTo(text);
        assertThat(client.get(ticket).status()).isEqualTo(Status.RESOLVED);
        assertThat(client.get(ticket).tags()).contains("asked");
        assertThat(client.replies()
                        .send(ticket, "more", "Among us", CommentKind.INTERNAL)
                        .kind())
                .isEqualTo(CommentKind.INTERNAL);
        RemoteCannedReply again =
                client.replies().put("more", reply -> reply.title("Again").body("Hello"));
        assertThatThrownBy(() -> client.replies().removeIf("more", done.etag()))
                .isInstanceOf(ChangedMeanwhileException.class);
        client.replies().removeIf("more", again.etag());
        client.replies().remove("more");
        assertThat(client.replies().find("more")).isNull();
    }

    /** Says all words. */
    private static void everything(Selection which) {
        Instant now = Instant.now();
        which.status("open")
                .category("open")
                .priority("high")
                .queue("default")
                .type("bug")
                .resolution("fixed")
                .externalId("x")
                .assignee("@me")
                .reporter("@me")
                .watcher("@me")
                .tags("a")
                .anyTag("b")
                .withoutTags("c")
                .createdAfter(now)
                .createdBefore(now)
                .updatedAfter(now)
                .updatedBefore(now)
                .dueAfter(now)
                .dueBefore(now)
                .overdue(true)
                .conflict()
                .deletedToo()
                .query("fire")
                .view("mine");
    }

    private void look(String ticket) throws IOException {
        client.views().put("mine", view -> view.title("Mine").query("assignee=@me"));
        RemotePage<RemoteTicket> found = Waiting.answer(
                () -> client.list(
                        which -> which.query("fire"),
                        part -> part.sort("relevance", "-createdAt")
                                .limit(1)
                                .count()
                                .highlight()),
                RemotePage::complete);
        RemoteHighlight title = found.items().get(0).highlights().get(0);
        assertThat(title.field()).isEqualTo("title");
        assertThat(title.text()
                        .substring(
                                title.ranges().get(0).start(),
                                title.ranges().get(0).end()))
                .isEqualTo("fire");
        client.list(ClientOperationsTest::everything);
        String cursor = client.list(which -> {}, part -> part.limit(1)).next();
        client.list(which -> {}, part -> part.limit(1).cursor(cursor));
        client.transition(ticket, Status.OPEN);
        assertThat(client.similar("Fire in the printer").items().get(0).ticket().title())
                .isEqualTo("Printer still on fire");
        assertThat(client.similar("", "printer", 1).items())
                .hasSize(1)
                .allMatch(item -> item.similarity() > 0 && item.similarity() <= 1);

        assertThat(client.counts(which -> which.priority("urgent")).total()).isEqualTo(1);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        TicketFlow flow = client.flow(which -> {}, today.minusDays(1), today, ZoneOffset.UTC);
        assertThat(flow.days()).hasSize(2);
        assertThat(flow.days().stream().mapToLong(TicketFlow.Day::created).sum())
                .isEqualTo(client.counts().total());
        client.flow(ClientOperationsTest::everything, today, today, ZoneOffset.UTC);

        String since = client.changes(which -> {}, "").next();
        client.create("Heard");
        RemoteChanges changes = client.changes(which -> {}, since);
        assertThat(changes.reset()).isFalse();
        assertThat(changes.events()).extracting(RemoteEvent::type).containsExactly("ticket.created");
        assertThat(client.changes(which -> {}, changes.next()).events()).isEmpty();
        client.changes(ClientOperationsTest::everything, changes.next(), 1);
        ConcurrentLinkedQueue<RemoteEvent> heard = new ConcurrentLinkedQueue<>();
        try (EventSubscription subscription = client.events(which -> {}, since, heard::add);
                EventSubscription other = client.events(ClientOperationsTest::everything, since, heard::add)) {
            Waiting.until(() -> heard.size() == 1
                    && said().getOrDefault("streamEvents", Set.of()).contains("view"));
            Waiting.until(() -> !subscription.lastId().equals(since)); // it goes on when the listener has returned
        }
    }

    private void exchange() throws IOException {
        client.bulk(bulk -> bulk.create("One of many", draft -> draft.tags("many")));
        byte[] lines;
        try (InputStream export = client.export(ExportFormat.NDJSON, which -> which.tags("many"))) {
            lines = export.readAllBytes();
        }
        client.export(ExportFormat.CSV, ClientOperationsTest::everything).close();
        assertThat(client.importFrom(ImportSource.ndjson(() -> new ByteArrayInputStream(lines))
                                .createOnly()
                                .dryRun()
                                .truncating())
                        .total("skipped"))
                .isEqualTo(1);
    }

    private void tellOthers() {
        try (Receiving receiving = Receiving.start()) {
            RemoteWebhook webhook = client.webhooks()
                    .create(
                            URI.create(receiving.url()),
                            draft -> draft.description("Of a test")
                                    .events("ticket.created")
                                    .filter("tag:told")
                                    .active(true));
            String id = webhook.id();
            assertThat(webhook.secret()).startsWith("whsec_");
            assertThat(client.webhooks().get(id).secret()).isNull();
            assertThat(client.webhooks().all())
                    .containsExactly(client.webhooks().get(id));
            assertThat(client.webhooks().change(id, draft -> draft.filter("")).filter())
                    .isEmpty();
            assertThat(client.webhooks().rotate(id).secret())
                    .startsWith("whsec_")
                    .isNotEqualTo(webhook.secret());
            assertThat(client.webhooks().ping(id).body()).isEqualTo("ok");
            client.create("Told");
            RemoteDelivery delivery = delivered(id);
            assertThat(client.webhooks().redeliver(id, delivery.id()).attempts())
                    .extracting(RemoteDelivery.Attempt::status)
                    .containsOnly(200);
            client.webhooks().delete(id);
            assertThat(client.webhooks().find(id)).isNull();
        }
    }

    private RemoteDelivery delivered(String webhook) {
        AtomicReference<RemoteDelivery> found = new AtomicReference<>();
        Waiting.until(() -> {
            client.webhooks().deliveries(webhook).stream()
                    .filter(delivery -> delivery.state().equals("delivered"))
                    .forEach(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    private void lookAtTheNode() throws IOException {
        assertThat(client.caller().may("update")).isTrue();
        assertThat(client.mesh().active()).isEqualTo(2);
        assertThat(client.meta().timeRules().zone()).isNotEmpty();
        assertThat(client.openApi().members()).containsKey("paths");
        client.digest();
        RemoteIncident disk = client.incidents()
                .report(
                        "disk",
                        incident -> incident.severity(Severity.CRITICAL)
                                .title("Disk full")
                                .place("rack 3"));
        assertThat(client.incidents().report("disk").ticket()).isEqualTo(disk.ticket());
        Waiting.until(() -> {
            RemoteTicket counted = client.find(disk.ticket().toString());
            return counted != null && counted.occurrences() == 2;
        });

        RemoteErasure erasure = client.erasures().erase("mallory", ErasureMode.REDACT);
        Waiting.until(() -> {
            RemoteErasure known = client.erasures().find(erasure.id());
            return known != null && known.complete();
        });
        assertThat(client.erasures().get(erasure.id()).members()).hasSize(2);
        assertThat(client.erasures().latest()).extracting(RemoteErasure::id).containsExactly(erasure.id());

        Path file = directory.resolve("tickets.bundle");
        assertThat(client.bundle().write(file)).isEqualTo(Files.size(file));
        assertThat(client.bundle().read(file).known()).isPositive();
        Path less = directory.resolve("less.bundle");
        assertThat(client.bundle().withoutErased().write(less)).isPositive();
        byte[] half = java.util.Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2);
        assertThatThrownBy(() -> client.bundle().read(() -> new ByteArrayInputStream(half)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("damaged-bundle"));
    }

    private void end(String ticket) {
        String other = client.create("The same again").key().toString();
        now(other).merge(other, ticket);
        now(ticket).delete(ticket);
        now(ticket).restore(ticket);
        now(other).purge(other);
        io.ticketmesh.causality.NodeId gone = bob.node().nodeId();
        bob.close();
        client.retire(gone);
    }

    @Test
    void whatWasDoneIsNotDoneAgainWhenItsAnswerIsLost() throws IOException {
        alice = start();
        client = clientOf(alice);
        try (LossyDoor lossy = new LossyDoor(alice);
                Receiving receiving = Receiving.start()) {
            through(lossy, each -> {
                RemoteWebhook webhook = each.webhooks().create(URI.create(receiving.url()));
                assertThat(alice.node().webhooks().all()).hasSize(1);
                assertThat(alice.node()
                                .webhooks()
                                .get(webhook.id())
                                .keys()
                                .get(0)
                                .secret()
                                .text())
                        .isEqualTo(webhook.secret());
            });
            String id = client.webhooks().all().get(0).id();
            through(lossy, each -> each.webhooks().delete(id));
            assertThat(client.webhooks().all()).isEmpty();

            through(lossy, each -> each.views().put("mine", view -> view.title("Mine")));
            client.views().put("mine", view -> view.title("Of all").shared());
            through(lossy, each -> each.views().remove(Shelf.OWN, "mine"));
            assertThat(client.views().get("mine").title()).isEqualTo("Of all");

            String ticket = client.create("Printer").key().toString();
            client.replies().put("more", reply -> reply.title("Ask").body("Which one?"));
            through(lossy, each -> each.replies().send(ticket, "more"));
            assertThat(client.comments(ticket)).hasSize(1);

            ByteArrayOutputStream bundle = new ByteArrayOutputStream();
            client.bundle().write(bundle);
            through(
                    lossy,
                    each -> assertThat(each.bundle()
                                    .read(() -> new ByteArrayInputStream(bundle.toByteArray()))
                                    .added())
                            .isZero());
            assertThat(lossy.lost()).isEqualTo(6);
        }
    }

    /** The first attempt is carried out, and its answer lost; the second reaches the same node by another way. */
    private void through(LossyDoor lossy, Consumer<TicketMeshClient> call) {
        boolean lossyFirst = Server.at(lossy.uri()).compareTo(Server.at(uri(alice))) < 0;
        try (TicketMeshClient each = TicketMeshClient.open(
                builder -> builder.servers(lossy.uri(), uri(alice)).firstTurn(lossyFirst ? 0 : 1))) {
            call.accept(each);
            assertThat(each.statistics().retries()).isEqualTo(1);
        }
    }
}
