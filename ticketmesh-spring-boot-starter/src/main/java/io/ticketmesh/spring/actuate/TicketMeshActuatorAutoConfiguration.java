package io.ticketmesh.spring.actuate;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Tells Actuator of the node. The types of health moved to another package with Spring Boot 4.0, so there are two classes for it, of
 * which one is loaded.
 */
@AutoConfiguration(after = TicketMeshAutoConfiguration.class)
@ConditionalOnBean(TicketMesh.class)
@ConditionalOnProperty(name = "ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
public final class TicketMeshActuatorAutoConfiguration {
    private static final String HEALTH = "ticketMeshHealthIndicator";

    TicketMeshActuatorAutoConfiguration() {}

    /** Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
    static class Health {
        @Bean(HEALTH)
        @ConditionalOnMissingBean(name = HEALTH)
        NodeHealthIndicator ticketMeshHealthIndicator(ObjectProvider<TicketMesh> node) {
            return new NodeHealthIndicator(node::getObject);
        }
    }

    /** Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = OlderHealthIndicator.INDICATOR)
    @ConditionalOnProperty(name = "management.health.ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
    static class OlderHealth {
        @Bean(HEALTH)
        @ConditionalOnMissingBean(name = HEALTH)
        OlderHealthIndicator ticketMeshHealthIndicator(ObjectProvider<TicketMesh> node) {
            return new OlderHealthIndicator(node::getObject, OlderHealth.class.getClassLoader());
        }
    }

    /** Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        NodeMeters ticketMeshMeters(ObjectProvider<TicketMesh> node) {
            return new NodeMeters(node::getObject);
        }
    }

    /** The endpoint {@code ticketmesh}, where the application lets it be reached. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class OwnEndpoint {
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        NodeEndpoint ticketMeshEndpoint(ObjectProvider<TicketMesh> node) {
            return new NodeEndpoint(node::getObject);
        }
    }

    /** The endpoint {@code info}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(InfoContributor.class)
    @ConditionalOnProperty(name = "management.info.ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
    static class Info {
        @Bean
        @ConditionalOnMissingBean
        NodeInfoContributor ticketMeshInfoContributor(ObjectProvider<TicketMesh> node) {
            return new NodeInfoContributor(node::getObject);
        }
    }
}
