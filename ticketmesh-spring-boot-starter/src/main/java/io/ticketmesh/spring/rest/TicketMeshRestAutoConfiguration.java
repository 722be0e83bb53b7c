package io.ticketmesh.spring.rest;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.spring.access.TicketMeshAccessAutoConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Answers the REST endpoints in a servlet application with Spring MVC. */
@AutoConfiguration(
        after = {TicketMeshAutoConfiguration.class, TicketMeshAccessAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
            "org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, RouterFunction.class})
@ConditionalOnBean({TicketMesh.class, TicketMeshProperties.class})
@ConditionalOnProperty(
        name = {"ticketmesh.enabled", "ticketmesh.rest.enabled"},
        havingValue = "true",
        matchIfMissing = true)
public final class TicketMeshRestAutoConfiguration {
    static final String ROUTES = "ticketMeshRoutes";

    TicketMeshRestAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = ROUTES)
    RouterFunction<ServerResponse> ticketMeshRoutes(
            ObjectProvider<TicketMesh> node,
            TicketMeshProperties settings,
            ObjectProvider<HostSecurity> security,
            TicketAuthorizer authorizer,
            EventStreams streams) {
        HostSecurity known = security.getIfAvailable(() -> HostSecurity.SERVLET);
        Desk desk = Desk.of(node::getObject, settings, known, authorizer, streams);
        Gate gate = new Gate(settings.rest(), known);
        return new Routes(desk, gate).router(OurPaths.of(settings).roots(), new Resources(desk).routes());
    }

    @Bean
    @ConditionalOnMissingBean
    EventStreams ticketMeshEventStreams(ObjectProvider<TicketMesh> node, TicketMeshProperties settings) {
        return new EventStreams(node::getObject, settings.rest().events());
    }

    @Bean
    @ConditionalOnMissingBean
    FrameworkFaults ticketMeshFrameworkFaults(TicketMeshProperties settings) {
        return new FrameworkFaults(OurPaths.of(settings));
    }

    @Bean
    @ConditionalOnMissingBean
    FaultFilter ticketMeshFaultFilter(TicketMeshProperties settings) {
        return new FaultFilter(OurPaths.of(settings));
    }

    @Bean
    @ConditionalOnMissingBean
    PathClash ticketMeshPathClash(ListableBeanFactory beans, TicketMeshProperties settings) {
        return new PathClash(beans, OurPaths.of(settings));
    }

    /** Loaded only where Spring Security is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.security.core.Authentication",
                "org.springframework.security.web.csrf.CsrfToken"
            })
    static class WithSpringSecurity {
        @Bean
        @ConditionalOnMissingBean
        HostSecurity ticketMeshHostSecurity() {
            return new SpringSecurity();
        }
    }

    /** Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {
        @Bean
        @ConditionalOnMissingBean
        StreamMeters ticketMeshStreamMeters(EventStreams streams) {
            return new StreamMeters(streams);
        }
    }
}
