package io.ticketmesh.client

import io.ticketmesh.incident.Severity
import io.ticketmesh.ticket.FieldValue
import io.ticketmesh.ticket.Priority
import io.ticketmesh.ticket.Status
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** The client as Kotlin reads it: compiled with warnings as errors, so nothing here may need a cast or `!!`. */
class TicketMeshClientInKotlinTest {
    private val ticket = Shown.ticket("Printer")

    @Test
    fun aClientIsConfiguredByALambdaAndClosedByUse(): Unit = FakeServer.start(FakeServer.json(200, ticket)).use { server ->
        val attempts = mutableListOf<Attempt>()
        TicketMeshClient.open {
            it.servers(server.uri()).callTimeout(Duration.ofSeconds(10)).onAttempt { attempt -> attempts += attempt }
        }.use { client ->
            val found: RemoteTicket? = client.find("TM-1")
            assertThat(found?.title()).isEqualTo("Printer")
            assertThat(found?.assignee() ?: "nobody").isEqualTo("nobody")
            assertThat(client.get("TM-1").resolution()?.length).isNull()
        }
        assertThat(attempts.map { it.failure() ?: "fine" }).containsOnly("fine")
    }

    @Test
    fun draftsReadLikeSentences() = withServer(FakeServer.json(200, ticket)) { server, client ->
        client.create("Printer") { it.priority(Priority.URGENT).tags("fire").assignee(null) }
        client.change("TM-1") { draft -> draft.customField("floor", FieldValue.Text("3")) }
        client.transition("TM-1", Status.RESOLVED) { it.resolution("fixed").comment("Done") }
        client.transition("TM-1", Status.OPEN)
        client.settle("TM-1", "assignee", null)

        assertThat(server.heard()).hasSize(5)
        assertThat(server.last().body()).isEqualTo("""{"value":null}""")
    }

    @Test
    fun listsAreAskedForInWords() = withServer(FakeServer.json(200, """{"items":[$ticket],"limit":20}""")) { _, client ->
        val page = client.list({ it.status("open").query("paper jam") }) { it.sort("-priority").limit(20) }

        assertThat(page.items().map { it.title() }).containsExactly("Printer")
        assertThat(page.next()?.length).isNull()
        assertThat(page.total() ?: -1L).isEqualTo(-1L)
        assertThat(client.list { it.tags("fire") }.items()).hasSize(1)
    }

    @Test
    fun refusalsAreTyped() = withServer(FakeServer.problem(410, "deleted")) { _, client ->
        val told = try {
            client.get("TM-1").title()
        } catch (gone: GoneException) {
            if (gone.isPurged) "for good" else gone.problem().code()
        }

        assertThat(told).isEqualTo("deleted")
        assertThatThrownBy { client.create("x") }.isInstanceOf(TicketMeshClientException::class.java)
    }

    @Test
    fun futuresCompose() = withServer(FakeServer.json(200, ticket)) { _, client ->
        val title: CompletableFuture<String> = client.async().create("Printer")
            .thenCompose { created -> client.async().get(created.id().toString()) }
            .thenApply { it.title() }

        assertThat(title.get(20, TimeUnit.SECONDS)).isEqualTo("Printer")
    }

    @Test
    fun groupsReadLikeSentences() = withServer(FakeServer.problem(404, "not-found")) { server, client ->
        val owner: String? = client.views().find("urgent")?.owner()
        assertThat(owner ?: "nobody").isEqualTo("nobody")
        assertThat(client.replies().find("more")?.resolution()?.length).isNull()
        assertThat(client.async().erasures().find("e-1").get(20, TimeUnit.SECONDS)?.pseudonym()).isNull()
        assertThatThrownBy {
            client.views().put("urgent") { it.title("Urgent").which { which -> which.priority("urgent") }.shared() }
        }.isInstanceOf(NotFoundException::class.java)
        assertThat(server.last().body()).isEqualTo("""{"title":"Urgent","query":"priority=urgent","shared":true}""")
        assertThatThrownBy {
            client.incidents().report("disk") { it.severity(Severity.CRITICAL).place("rack 3") }
        }.isInstanceOf(NotFoundException::class.java)
        assertThatThrownBy { client.bundle().read { "TMBUNDLE".byteInputStream() } }
            .isInstanceOf(NotFoundException::class.java)
    }

    @Test
    fun aDirectoryIsAnObject(): Unit = FakeServer.start(FakeServer.json(200, ticket)).use { server ->
        val known = ServerDirectory.Listing(listOf(Server.at(server.uri())), false)
        val directory = object : ServerDirectory {
            override fun listing() = known

            override fun close() = Unit
        }
        TicketMeshClient.open { it.directory(directory) }.use { client ->
            assertThat(client.get("TM-1").title()).isEqualTo("Printer")
        }
    }

    private fun withServer(script: FakeServer.Script, story: (FakeServer, TicketMeshClient) -> Unit) =
        FakeServer.start(script).use { server ->
            TicketMeshClient.open(server.uri()).use { client -> story(server, client) }
        }
}
