package io.ticketmesh.sample;

import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.Server;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.client.TicketMeshClientCustomizer;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * A program that is no server: finds the instances that run on this machine through their registries, creates a ticket on one of them,
 * and reads it through each. Run with {@code --spring.profiles.active=client}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("client")
class SampleClient {
    private final AtomicReference<Server> answered = new AtomicReference<>();

    @Bean
    TicketMeshClientCustomizer whoAnswered() {
        return client -> client.onAttempt(attempt -> answered.set(attempt.server()));
    }

    @Bean
    ApplicationRunner conversation(TicketMeshClient client) {
        return (ApplicationArguments arguments) -> converse(client, System.out);
    }

    private void converse(TicketMeshClient client, PrintStream paper) {
        RemoteTicket ticket = client.create("Reported from outside");
        paper.println(answered.get() + " created " + ticket.key() + ", one of "
                + client.servers().size() + " servers");
        for (Server ignored : client.servers()) {
            String title = client.get(ticket.key().toString()).title();
            paper.println(answered.get() + " shows " + ticket.key() + ": " + title);
        }
    }
}
