package io.ticketmesh.spring.cloud;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.client.TicketMeshClientAutoConfiguration;
import io.ticketmesh.spring.client.TicketMeshClientProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientSpecification;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Tells Spring Cloud, where it is, of the servers of the mesh. */
@AutoConfiguration(
        after = {TicketMeshAutoConfiguration.class, TicketMeshClientAutoConfiguration.class},
        beforeName = {
            "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration",
            "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration"
        })
@ConditionalOnClass(DiscoveryClient.class)
@Conditional(OnRegistry.class)
@ConditionalOnProperty(
        name = {"spring.cloud.discovery.enabled", "spring.cloud.discovery.blocking.enabled"},
        havingValue = "true",
        matchIfMissing = true)
public final class TicketMeshCloudAutoConfiguration {
    TicketMeshCloudAutoConfiguration() {}

    /** Lazy: opened by the first question. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    RegisteredService ticketMeshService(
            Environment environment,
            ObjectProvider<TicketMeshClientProperties> client,
            ObjectProvider<TicketMesh> node) {
        TicketMeshClientProperties settings = client.getIfAvailable();
        RegistryOptions registry = settings == null ? null : settings.registry();
        if (registry == null) {
            registry = node.getObject()
                    .registryOptions()
                    .orElseThrow(() -> new IllegalStateException("The node takes part in no mesh"));
        }
        return RegisteredService.follow(ServiceId.of(environment), registry);
    }

    @Bean
    @ConditionalOnMissingBean
    RegistryDiscoveryClient ticketMeshDiscoveryClient(
            Environment environment, ObjectProvider<RegisteredService> service) {
        return new RegistryDiscoveryClient(ServiceId.of(environment), service::getObject);
    }

    /** Spring Cloud LoadBalancer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(LoadBalancerClientSpecification.class)
    static class Balancing {
        @Bean
        @ConditionalOnMissingBean(name = "ticketMeshLoadBalancing")
        LoadBalancerClientSpecification ticketMeshLoadBalancing(Environment environment) {
            return new LoadBalancerClientSpecification(
                    ServiceId.of(environment), new Class<?>[] {BalancedInstances.class});
        }
    }

    /** Of the context that Spring Cloud makes for the service; no part of the application's own. */
    static class BalancedInstances {
        @Bean
        @ConditionalOnMissingBean
        ServiceInstanceListSupplier ticketMeshInstances(
                Environment environment, ObjectProvider<RegisteredService> service) {
            return new RegistryInstances(ServiceId.of(environment), service::getObject);
        }
    }
}
