/**
 * The servers of a mesh for Spring Cloud, where an application has it: a {@code DiscoveryClient}, and instances for {@code @LoadBalanced}
 * clients, both from the registries. Without Spring Cloud nothing of this is loaded.
 */
@NullMarked
package io.ticketmesh.spring.cloud;

import org.jspecify.annotations.NullMarked;
