package io.ticketmesh.spring.rest;

import io.ticketmesh.spring.Cable;
import io.ticketmesh.spring.Hub;
import io.ticketmesh.spring.TicketMeshCustomizer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications whose nodes are connected by a cable that can be pulled; those of one test at a time. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Wired {
    static final AtomicBoolean PLUGGED = new AtomicBoolean();
    private static volatile Hub hub = new Hub();

    /** Begins with a hub to which nobody is connected, plugged in. */
    static void anew() {
        hub = new Hub();
        PLUGGED.set(true);
    }

    @Bean
    TicketMeshCustomizer cable() {
        return node -> node.transport(origin -> new Cable(hub, origin, PLUGGED));
    }
}
