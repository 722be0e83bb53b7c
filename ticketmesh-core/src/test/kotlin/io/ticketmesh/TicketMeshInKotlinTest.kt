package io.ticketmesh

import io.ticketmesh.definition.CannedReply
import io.ticketmesh.definition.Expectation
import io.ticketmesh.definition.SavedView
import io.ticketmesh.definition.Views.Shelf
import io.ticketmesh.erasure.ErasureMode
import io.ticketmesh.incident.Severity
import io.ticketmesh.node.EventListener
import io.ticketmesh.oplog.AsOf
import io.ticketmesh.replica.TicketEvent
import io.ticketmesh.ticket.CommentKind
import io.ticketmesh.ticket.Criteria
import io.ticketmesh.ticket.Due
import io.ticketmesh.ticket.FieldValue
import io.ticketmesh.ticket.InvalidChangeException
import io.ticketmesh.ticket.LinkType
import io.ticketmesh.ticket.Priority
import io.ticketmesh.ticket.Status
import io.ticketmesh.ticket.TicketFilter
import io.ticketmesh.ticket.TicketQuery
import io.ticketmesh.ticket.TicketView
import io.ticketmesh.transport.MemoryNetwork
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneOffset
import java.util.concurrent.CompletionStage
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The whole Java API as Kotlin reads it: compiled with warnings as errors, so nothing here may need a cast or `!!`. */
class TicketMeshInKotlinTest {
    @Test
    fun aNodeIsConfiguredByALambdaAndClosedByUse(@TempDir directory: Path) {
        val id = TicketMesh.open { it.directory(directory).timeout(Duration.ofSeconds(10)) }.use { mesh ->
            mesh.tickets("alice").create("Printer on fire").id().toString()
        }

        TicketMesh.open(directory).use { mesh ->
            assertThat(mesh.tickets("bob").get(id).title()).isEqualTo("Printer on fire")
            assertThat(mesh.refusal()?.message).isNull()
        }
    }

    @Test
    fun absenceIsNull() = inMemory { tickets ->
        val nobody: TicketView? = tickets.find("TM-ZZZZZZZZ")
        val ticket: TicketView = tickets.create("Printer")

        assertThat(nobody?.title()).isNull()
        assertThat(ticket.assignee() ?: "nobody").isEqualTo("nobody")
        assertThat(ticket.resolution()?.length).isNull()
        assertThat(ticket.mergedInto()?.key()).isNull()
        val list = tickets.query(TicketQuery.newest(10))
        assertThat(list.next()?.toString()).isNull()
        assertThat(list.total() ?: -1L).isEqualTo(-1L)
        assertThat(list.items().map { it.title() }).containsExactly("Printer")
    }

    @Test
    fun incidentsThePastErasureAndBundlesNeedNoCast() {
        TicketMesh.open { it.name("tokyo") }.use { mesh ->
            mesh.incidents().report("disk") { it.title("Out of disk").severity(Severity.CRITICAL).details("df says 100 %") }
            mesh.incidents().report("disk")
            val ticket = mesh.tickets("mallory").create("Printer")
            mesh.tickets().change(ticket.key().toString()) { it.title("Printer burns") }

            val then = mesh.tickets().get(ticket.key().toString(), AsOf.state(ticket.etag()))
            val erasure = mesh.erasures().erase("mallory", ErasureMode.REDACT, "admin").done().get(60, TimeUnit.SECONDS)
            val bundle = ByteArrayOutputStream()
            val written = mesh.bundle().write(bundle)

            assertThat(then.title()).isEqualTo("Printer")
            assertThat(then.lastPlace() ?: "nowhere").isEqualTo("nowhere")
            assertThat(mesh.erasures().find(erasure.id()).orElse(null)?.isComplete).isTrue()
            assertThat(mesh.bundle().read(ByteArrayInputStream(bundle.toByteArray())).known()).isEqualTo(written.operations())
        }
    }

    @Test
    fun filesAreAttachedAndRead() = inMemory { tickets ->
        val ticket = tickets.create("Printer").id().toString()
        val added = tickets.attach(ticket, "note.txt", "It burns".byteInputStream())

        assertThat(tickets.attachments(ticket).map { it.name() }).containsExactly("note.txt")
        val text = tickets.openAttachment(ticket, added.id()).use { it.readAllBytes().decodeToString() }
        assertThat(text).isEqualTo("It burns")
        assertThat(tickets.detach(ticket, added.id()).attachments()).isEmpty()
    }

    @Test
    fun viewsAndRepliesAreFoundOrAbsent() {
        TicketMesh.builder().open().use { mesh ->
            mesh.views("alice").put(Shelf.OWN, "hot", SavedView.of("Hot", "priority=urgent"), Expectation.ABSENT).join()
            mesh.replies("alice").put("more", CannedReply.of("More", "Dear {{reporter}}"), Expectation.NONE).join()

            val query: String? = mesh.views("alice").find("hot").map { it.value().query() }.orElse(null)
            assertThat(query).isEqualTo("priority=urgent")
            assertThat(mesh.views("bob").find("hot").isPresent).isFalse()
            val reply: CannedReply = mesh.replies().all().first().value()
            assertThat(reply.status()?.name()).isNull()
            val ticket = mesh.tickets("bob").create("Printer").key().toString()
            assertThat(mesh.tickets("anna").reply(ticket, reply).body()).isEqualTo("Dear bob")
            assertThat(mesh.tickets().changeAll(TicketFilter.LIVING) { it.tag("hot") }.changed()).isEqualTo(1)
            val today = LocalDate.now(ZoneOffset.UTC)
            val flow = mesh.tickets().flow(TicketFilter.LIVING, today.minusDays(1), today.plusDays(1), ZoneOffset.UTC)
            assertThat(flow.resolution().median() ?: 0L).isEqualTo(0L)
        }
    }

    @Test
    fun editsReadLikeSentences() = inMemory { tickets ->
        val other = tickets.create("Smoke")
        val ticket = tickets.create("Printer") { edit ->
            edit.description("It burns").priority(Priority.URGENT).assignee(null)
            edit.tag("fire")
            edit.customField("floor", FieldValue.Text("3"))
            edit.link(LinkType.RELATES_TO, other.id())
            edit.comment("Not for all eyes", CommentKind.INTERNAL)
        }
        val reference = ticket.key().toString()

        val resolved = tickets.transition(reference, Status.RESOLVED, "workaround")
        val changed = tickets.changeIf(reference, resolved.etag()) { it.status(Status.OPEN).title("Out") }
        val comment = tickets.comment(reference, "Done")

        assertThat(changed.title()).isEqualTo("Out")
        assertThat(comment.edit()?.actor()).isNull()
        assertThat(tickets.history(reference).flatMap { it.changes() }.mapNotNull { it.after() }).isNotEmpty
        assertThat(tickets.linkingTo(other.id().toString(), 5)).hasSize(1)
        assertThat(tickets.conflicts(reference)).isEmpty()
        assertThatThrownBy { tickets.change(reference) { it.queue("No slug") } }
            .isInstanceOf(InvalidChangeException::class.java)
    }

    @Test
    fun closedSetsAreExhausted() = inMemory { tickets ->
        val ticket = tickets.create("Printer") { it.dueAt(Instant.EPOCH).customField("floor", FieldValue.Flag(true)) }

        val due = when (val due = ticket.due()) {
            is Due.At -> "at ${due.instant()}"
            is Due.On -> "on ${due.date()}"
            is Due.Never -> "never"
        }
        val floor = when (val value = ticket.customFields()["floor"]) {
            is FieldValue.Text -> value.text()
            is FieldValue.Numeric -> value.number().toString()
            is FieldValue.Flag -> value.set().toString()
            is FieldValue.Moment -> value.instant().toString()
            is FieldValue.Day -> value.date().toString()
            is FieldValue.Texts -> value.texts().joinToString()
            is FieldValue.Absent, null -> "absent"
        }

        assertThat(due).isEqualTo("at 1970-01-01T00:00:00Z")
        assertThat(floor).isEqualTo("true")
    }

    @Test
    fun listenersAreLambdasOverSealedEvents() {
        val heard = LinkedBlockingQueue<String>()
        TicketMesh.builder().open().use { mesh ->
            mesh.subscribe { event -> heard += told(event) }.use {
                val id = mesh.tickets("alice").create("Printer").id().toString()
                mesh.tickets("alice").purge(id)
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("alice changed Printer")
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("alice purged it")
            }
            mesh.subscribe(object : EventListener {
                override fun ticketChanged(event: TicketEvent) = throw java.io.IOException("checked, in Java")

                override fun eventsMissed() = Unit
            })
            mesh.tickets().create("Still works")
        }
    }

    private fun told(event: TicketEvent): String = when (event) {
        is TicketEvent.Changed -> "${event.operation().actor()} changed ${event.after().title().or("")}"
        is TicketEvent.Purged -> "${event.operation().actor()} purged it"
        is TicketEvent.Adopted -> "came by snapshot"
    }

    @Test
    fun stagesCompose() = inMemory { tickets ->
        val commented: CompletionStage<Int> = tickets.createAsync("Printer") { it.tag("fire") }
            .thenCompose { ticket -> tickets.changeAsync(ticket.id().toString()) { it.comment("Help") } }
            .thenApply { ticket -> ticket.commentCount(true) }

        assertThat(commented.toCompletableFuture().get(20, TimeUnit.SECONDS)).isEqualTo(1)
    }

    @Test
    fun listsAreAskedForInWords() {
        TicketMesh.builder().open().use { mesh ->
            val tickets = mesh.tickets("alice")
            tickets.create("Printer") { it.tag("fire") }
            tickets.create("Coffee")

            val filter = Criteria(mesh.service().workflow(), null, Instant.now()).tags("fire").filter()

            assertThat(tickets.query(TicketQuery.of(filter, 10)).items()).hasSize(1)
        }
    }

    @Test
    fun aTransportIsAFunctionOfTheOrigin() {
        val network = MemoryNetwork()
        TicketMesh.open { it.transport(network::join) }.use { here ->
            TicketMesh.open { it.transport(network::join) }.use { there ->
                val heard = LinkedBlockingQueue<TicketEvent>()
                there.subscribe(heard::add).use {
                    val ticket = here.tickets("alice").create("Printer")
                    val event: TicketEvent? = heard.poll(20, TimeUnit.SECONDS)

                    assertThat(event?.ticketId()).isEqualTo(ticket.id())
                }
            }
        }
    }

    private fun inMemory(story: (Tickets) -> Unit) = TicketMesh.builder().open().use { story(it.tickets("alice")) }
}
