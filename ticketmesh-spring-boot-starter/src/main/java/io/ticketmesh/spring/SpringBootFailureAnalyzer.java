package io.ticketmesh.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which Spring Boot there must be. Loaded by older ones too: names nothing that they do not have. */
final class SpringBootFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedSpringBootException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedSpringBootException failure) {
        return new FailureAnalysis(
                String.valueOf(failure.getMessage()),
                "Update Spring Boot to 3.5 or later, or set ticketmesh.enabled=false to go without TicketMesh.",
                failure);
    }
}
