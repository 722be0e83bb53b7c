/** Tells other systems what happens to tickets: who is told, by which node, when again, and the one door to the outside. */
@NullMarked
package io.ticketmesh.webhook;

import org.jspecify.annotations.NullMarked;
