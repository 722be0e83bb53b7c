/**
 * Tickets in and out of files: {@link io.ticketmesh.exchange.TicketExport} writes NDJSON without loss and CSV for spreadsheets,
 * {@link io.ticketmesh.exchange.TicketImport} reads both, and archives of GitHub issues.
 *
 * <p>Every source is turned into lines of one form, that of the NDJSON export; a {@code LinePlan} compares a line with the ticket that is
 * there and says which proposals lead from one to the other, so that an import that is repeated proposes nothing.
 */
@NullMarked
package io.ticketmesh.exchange;

import org.jspecify.annotations.NullMarked;
