/** What users want: one class for each verb, which validates itself and says how it applies to a ticket. */
@NullMarked
package io.ticketmesh.ticket.change;

import org.jspecify.annotations.NullMarked;
