package io.ticketmesh.spring.rest;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to move the node's paths out of the application's way. */
final class PathClashFailureAnalyzer extends AbstractFailureAnalyzer<PathClashException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PathClashException clash) {
        return new FailureAnalysis(
                String.valueOf(clash.getMessage()),
                "Set " + clash.setting()
                        + " to another path, or ticketmesh.rest.enabled=false to have no REST endpoints.",
                clash);
    }
}
