package io.ticketmesh.spring;

import io.ticketmesh.TicketMesh;

/**
 * Changes how the node of an application is opened, after the settings were applied. All beans of this type are called, in their
 * order, once.
 *
 * <pre>{@code
 * @Bean
 * TicketMeshCustomizer fixedClock() {
 *     return node -> node.clock(() -> 1_700_000_000_000L);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TicketMeshCustomizer {
    void customize(TicketMesh.Builder node);
}
