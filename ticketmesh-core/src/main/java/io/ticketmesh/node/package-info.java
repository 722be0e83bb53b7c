/** A running replica with its threads: takes proposals, performs effects, tells listeners. */
@NullMarked
package io.ticketmesh.node;

import org.jspecify.annotations.NullMarked;
