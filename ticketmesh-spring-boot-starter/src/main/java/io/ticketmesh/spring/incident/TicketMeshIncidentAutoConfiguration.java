package io.ticketmesh.spring.incident;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.TicketMeshProperties;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes incidents of what goes wrong in the application, as far as it wants that. */
@AutoConfiguration(after = TicketMeshAutoConfiguration.class)
@ConditionalOnBean({TicketMesh.class, TicketMeshProperties.class})
@ConditionalOnProperty(name = "ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(TicketMeshIncidentProperties.class)
public final class TicketMeshIncidentAutoConfiguration {
    private static final String INTERVAL = "ticketMeshIncidentInterval";

    TicketMeshIncidentAutoConfiguration() {}

    @Bean(INTERVAL)
    @ConditionalOnMissingBean(name = INTERVAL)
    TicketMeshCustomizer ticketMeshIncidentInterval(TicketMeshIncidentProperties settings) {
        return node -> node.incidentInterval(settings.interval());
    }

    @Bean
    @ConditionalOnMissingBean
    Troubles ticketMeshTroubles(
            ObjectProvider<TicketMesh> node, TicketMeshIncidentProperties settings, BeanFactory beans) {
        return new Troubles(node::getObject, packages(settings, beans));
    }

    private static List<String> packages(TicketMeshIncidentProperties settings, BeanFactory beans) {
        if (!settings.packages().isEmpty()) {
            return settings.packages();
        }
        return AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "ticketmesh.incidents.health", havingValue = "true")
    HealthWatch ticketMeshHealthWatch(Troubles troubles, TicketMeshIncidentProperties settings, BeanFactory beans) {
        return new HealthWatch(
                troubles, () -> HealthStatuses.of(beans.getBean(HealthStatuses.ENDPOINT)), settings.healthInterval());
    }

    /** Loaded only where Logback is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "ch.qos.logback.classic.LoggerContext")
    @ConditionalOnProperty(name = "ticketmesh.incidents.logged-errors", havingValue = "true")
    static class Logback {
        @Bean
        @ConditionalOnMissingBean
        LoggedErrors ticketMeshLoggedErrors(Troubles troubles) {
            return new LoggedErrors(troubles);
        }
    }

    /** Loaded only where Spring MVC is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.HandlerExceptionResolver")
    @ConditionalOnProperty(name = "ticketmesh.incidents.unhandled-exceptions", havingValue = "true")
    static class Mvc {
        @Bean
        @ConditionalOnMissingBean
        UnhandledExceptions ticketMeshUnhandledExceptions(Troubles troubles) {
            return new UnhandledExceptions(troubles);
        }
    }
}
