package io.ticketmesh.spring.cloud;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is a mesh whose registries can be asked: that of the client, else that of the node. */
final class OnRegistry extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("TicketMesh registries");
        return ServiceId.of(context.getEnvironment()).isEmpty()
                ? ConditionOutcome.noMatch(
                        message.because("neither ticketmesh.client.cluster nor ticketmesh.mesh.cluster is set"))
                : ConditionOutcome.match(message.because("a cluster is set"));
    }
}
