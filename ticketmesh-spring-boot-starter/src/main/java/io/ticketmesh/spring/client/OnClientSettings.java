package io.ticketmesh.spring.client;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether it was said where the client finds servers. */
final class OnClientSettings extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        List<String> servers = Binder.get(context.getEnvironment())
                .bind("ticketmesh.client.servers", Bindable.listOf(String.class))
                .orElse(null);
        boolean hasServers = servers != null && !servers.isEmpty();
        boolean hasCluster = StringUtils.hasText(context.getEnvironment().getProperty("ticketmesh.client.cluster"));
        ConditionMessage.Builder message = ConditionMessage.forCondition("TicketMesh client");
        return hasCluster || hasServers
                ? ConditionOutcome.match(message.because("it is said where servers are"))
                : ConditionOutcome.noMatch(
                        message.because("neither ticketmesh.client.servers nor ticketmesh.client.cluster is set"));
    }
}
