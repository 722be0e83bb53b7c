/** The application's server in the registries of its mesh: where it answers, that it is about to stop, and when it may. */
@NullMarked
package io.ticketmesh.spring.registry;

import org.jspecify.annotations.NullMarked;
