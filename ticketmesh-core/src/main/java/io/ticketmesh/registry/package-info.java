/**
 * Where servers are: leases that end unless renewed, kept by any number of registries that need no disk and not each other.
 *
 * <p>{@link io.ticketmesh.registry.RegistryServer} keeps leases, {@link io.ticketmesh.registry.RegistryAgent} registers one server
 * at all registries, {@link io.ticketmesh.registry.RegistryLookup} asks two of them and keeps the list. What they decide is in
 * {@code Registry}, {@code Registrar} and {@code Finder}, which know neither thread, socket nor clock.
 */
@NullMarked
package io.ticketmesh.registry;

import org.jspecify.annotations.NullMarked;
