package io.ticketmesh.spring.client;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.registry.RegistryOptions;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** A client, in any kind of application, if it is said where servers are. */
@AutoConfiguration
@Conditional(OnClientSettings.class)
@EnableConfigurationProperties(TicketMeshClientProperties.class)
public final class TicketMeshClientAutoConfiguration {
    TicketMeshClientAutoConfiguration() {}

    /** Lazy: opened by whoever needs it first. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    TicketMeshClient ticketMeshClient(
            TicketMeshClientProperties settings, ObjectProvider<TicketMeshClientCustomizer> customizers) {
        TicketMeshClient.Builder client = TicketMeshClient.builder()
                .ticketsPath(settings.ticketsPath())
                .systemPath(settings.systemPath())
                .callTimeout(settings.callTimeout())
                .attemptTimeout(settings.attemptTimeout())
                .maxAttempts(settings.maxAttempts())
                .maxCalls(settings.maxCalls());
        RegistryOptions registry = settings.registry();
        if (registry == null) {
            client.servers(settings.servers().toArray(URI[]::new));
        } else {
            client.registry(registry);
        }
        String token = settings.bearerToken();
        if (token != null) {
            client.bearerToken(token);
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(client));
        return client.open();
    }

    /** Micrometer's observations, and with them traces. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Observations {
        @Bean
        @ConditionalOnMissingBean(name = "ticketMeshClientObservationCustomizer")
        TicketMeshClientCustomizer ticketMeshClientObservationCustomizer(
                ObjectProvider<ObservationRegistry> registries, ObjectProvider<ClientCallConvention> convention) {
            return client -> registries.ifUnique(
                    registry -> client.onCall(new ClientObservations(registry, convention.getIfUnique())));
        }
    }

    /** Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        ClientMeters ticketMeshClientMeters(ObjectProvider<TicketMeshClient> client) {
            return new ClientMeters(client::getObject);
        }

        @Bean
        @ConditionalOnMissingBean(name = "ticketMeshClientMetersCustomizer")
        TicketMeshClientCustomizer ticketMeshClientMetersCustomizer(ClientMeters meters) {
            return client -> client.onAttempt(meters);
        }
    }
}
