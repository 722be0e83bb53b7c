package io.ticketmesh.spring.client;

import io.ticketmesh.client.TicketMeshClient;

/**
 * Changes how the client of an application is opened, after the settings were applied. All beans of this type are called, in their
 * order, once.
 *
 * <pre>{@code
 * @Bean
 * TicketMeshClientCustomizer tls(SSLContext context) {
 *     return client -> client.http(http -> http.sslContext(context));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface TicketMeshClientCustomizer {
    void customize(TicketMeshClient.Builder client);
}
