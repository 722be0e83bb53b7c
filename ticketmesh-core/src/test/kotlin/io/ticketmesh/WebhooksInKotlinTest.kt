package io.ticketmesh

import io.ticketmesh.webhook.WebhookOptions
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Webhooks read well in Kotlin too. */
class WebhooksInKotlinTest {
    @Test
    fun `a webhook is made and changed`() {
        TicketMesh.open { it.webhooks(WebhookOptions.DEFAULT.withAllowedNetworks("127.0.0.1")) }.use { mesh ->
            val made = mesh.webhooks().create("alice", "http://127.0.0.1:9/hooks") {
                it.events("ticket.created").filter("priority:urgent").active(false)
            }
            val changed = mesh.webhooks().change("alice", made.id()) { it.description("The chat") }

            assertThat(changed.description()).isEqualTo("The chat")
            assertThat(changed.stopped()?.reason()).isNull()
            assertThat(mesh.webhooks().all()).containsExactly(changed)
            assertThat(made.keys()[0].secret().text()).startsWith("whsec_")
        }
    }
}
