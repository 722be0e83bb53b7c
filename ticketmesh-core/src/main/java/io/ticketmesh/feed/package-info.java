/** What happened to tickets, in the order of causes, for readers who go on where they stopped, on whichever node. */
@NullMarked
package io.ticketmesh.feed;

import org.jspecify.annotations.NullMarked;
