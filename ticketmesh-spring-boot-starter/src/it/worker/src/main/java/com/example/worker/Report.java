package com.example.worker;

import io.ticketmesh.Tickets;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Opens a ticket each time, and says how many there are. */
@Component
@ConditionalOnProperty("worker.reports")
class Report implements CommandLineRunner {
    private final Tickets tickets;

    Report(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public void run(String... arguments) {
        tickets.create("Nightly run");
        System.out.println("tickets: " + tickets.counts().living());
    }
}
