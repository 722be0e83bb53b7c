package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.webhook.WebhookOptions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Makes the application a node. */
@AutoConfiguration
@Conditional(OnSupportedSpringBoot.class)
@ConditionalOnProperty(name = "ticketmesh.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(TicketMeshProperties.class)
@ImportRuntimeHints(OwnFiles.class)
public final class TicketMeshAutoConfiguration {
    private static final String NODE = "ticketMesh";

    TicketMeshAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Workflow ticketMeshWorkflow(TicketMeshProperties settings) {
        return ConfiguredWorkflow.of(settings.workflow());
    }

    @Bean
    @ConditionalOnMissingBean
    DataDirectory ticketMeshDataDirectory(TicketMeshProperties settings, Environment environment) {
        return DataDirectory.of(settings, environment.getProperty("spring.application.name", ""));
    }

    /** Lazy: opened by whoever needs it first, at the latest when the application starts. */
    @Bean(NODE)
    @Lazy
    @ConditionalOnMissingBean
    TicketMesh ticketMesh(
            TicketMeshProperties settings,
            DataDirectory directory,
            Workflow workflow,
            Environment environment,
            ObjectProvider<TicketMeshCustomizer> customizers) {
        TicketMesh.Builder node = TicketMesh.builder()
                .directory(directory.path())
                .workflow(workflow)
                .name(NodeName.of(settings.mesh(), environment))
                .readOnly(settings.readOnly())
                .attachments(settings.attachments().options())
                .webhooks(new WebhookOptions(
                        settings.webhooks().enabled(), settings.webhooks().allowedNetworks()));
        ConfiguredMesh.configure(node, settings);
        customizers.orderedStream().forEach(customizer -> customizer.customize(node));
        return directory.open(node);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Tickets ticketMeshTickets(TicketMesh node) {
        return node.tickets();
    }

    @Bean
    @ConditionalOnMissingBean
    TicketMeshStart ticketMeshStart(
            ObjectProvider<TicketMesh> node, TicketMeshProperties settings, ApplicationContext application) {
        return new TicketMeshStart(node::getObject, endpoints(settings, application));
    }

    @Bean
    @ConditionalOnMissingBean
    FirstCatchUp ticketMeshFirstCatchUp(
            ObjectProvider<TicketMesh> node,
            TicketMeshProperties settings,
            ConfigurableApplicationContext application) {
        return new FirstCatchUp(node::getObject, settings.mesh().readyWait(), application::isActive);
    }

    private static String endpoints(TicketMeshProperties settings, ApplicationContext application) {
        if (application.containsBean("ticketMeshRoutes")) {
            return "REST at " + settings.rest().path() + " and " + settings.systemPath()
                    + (settings.console().enabled() ? ", console at " + settings.systemPath() + "/" : "");
        } else if (!settings.rest().enabled()) {
            return "REST is switched off";
        }
        return "no REST, because this is not a servlet application with Spring MVC";
    }
}
