package io.ticketmesh.spring.registry;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.rest.TicketMeshRestAutoConfiguration;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells the registries of the mesh where this application answers. */
@AutoConfiguration(after = {TicketMeshAutoConfiguration.class, TicketMeshRestAutoConfiguration.class})
@ConditionalOnBean({TicketMesh.class, TicketMeshProperties.class})
@ConditionalOnProperty(name = "ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
public final class TicketMeshRegistryAutoConfiguration {
    TicketMeshRegistryAutoConfiguration() {}

    /** A server that answers the REST endpoints. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnBean(name = "ticketMeshRoutes")
    static class Served {
        @Bean
        @ConditionalOnMissingBean
        LastCall ticketMeshLastCall(TicketMeshProperties settings, ServletContext servlets, Environment environment) {
            String path = HttpAddress.path(servlets.getContextPath(), environment);
            return new LastCall(List.of(path + settings.rest().path(), path + settings.systemPath()), System::nanoTime);
        }

        @Bean
        @ConditionalOnMissingBean
        Announcement ticketMeshAnnouncement(
                ObjectProvider<TicketMesh> node,
                TicketMeshProperties settings,
                ServletContext servlets,
                Environment environment,
                LastCall lastCall) {
            String path = HttpAddress.path(servlets.getContextPath(), environment);
            return new Announcement(
                    node::getObject,
                    settings.registry(),
                    () -> HttpAddress.of(environment, path),
                    lastCall::quietNanos);
        }
    }

    /** Any other node: it is listed with an address only if one is set. */
    @Bean
    @ConditionalOnMissingBean
    Announcement ticketMeshAnnouncement(ObjectProvider<TicketMesh> node, TicketMeshProperties settings) {
        return new Announcement(node::getObject, settings.registry(), () -> null, () -> Long.MAX_VALUE);
    }
}
