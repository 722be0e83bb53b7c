package io.ticketmesh.spring.event;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells listeners of the application what happens to tickets. */
@AutoConfiguration(after = TicketMeshAutoConfiguration.class)
@ConditionalOnBean({TicketMesh.class, TicketMeshProperties.class})
@ConditionalOnProperty(
        name = {"ticketmesh.enabled", "ticketmesh.application-events.enabled"},
        havingValue = "true",
        matchIfMissing = true)
public final class TicketMeshEventAutoConfiguration {
    TicketMeshEventAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    TicketEventPublisher ticketMeshEventPublisher(
            ObjectProvider<TicketMesh> node, TicketMeshProperties settings, ApplicationEventPublisher application) {
        return new TicketEventPublisher(
                node::getObject, application, settings.applicationEvents().drainTime());
    }

    /** Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        EventMeters ticketMeshEventMeters(TicketEventPublisher publisher) {
            return new EventMeters(publisher);
        }
    }
}
