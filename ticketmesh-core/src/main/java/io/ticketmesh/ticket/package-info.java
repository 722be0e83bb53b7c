/** The ticket: its fields, its workflow, how copies of it merge, and how it is read. */
@NullMarked
package io.ticketmesh.ticket;

import org.jspecify.annotations.NullMarked;
