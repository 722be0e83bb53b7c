package io.ticketmesh.spring.access;

import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.TicketMeshProperties.Roles;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Says who may do what by REST: everybody everything, or what the configured roles may. */
@AutoConfiguration(after = TicketMeshAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(TicketMeshProperties.class)
public final class TicketMeshAccessAutoConfiguration {
    TicketMeshAccessAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    TicketAuthorizer ticketMeshAuthorizer(TicketMeshProperties settings) {
        Roles roles = settings.rest().roles();
        if (!roles.configured()) {
            return TicketAuthorizer.UNRESTRICTED;
        }
        Map<TicketRole, List<String>> names = Map.of(
                TicketRole.READER, roles.reader(),
                TicketRole.REPORTER, roles.reporter(),
                TicketRole.AGENT, roles.agent(),
                TicketRole.ADMIN, roles.admin());
        return new RoleAuthorizer(names);
    }
}
