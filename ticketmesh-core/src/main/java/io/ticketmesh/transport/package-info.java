/** Carries messages between replicas: the port, and an implementation within one process. */
@NullMarked
package io.ticketmesh.transport;

import org.jspecify.annotations.NullMarked;
