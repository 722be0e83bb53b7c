/** The heart: a deterministic state machine that turns inputs into effects. */
@NullMarked
package io.ticketmesh.replica;

import org.jspecify.annotations.NullMarked;
