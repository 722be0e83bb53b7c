/**
 * Real replicas on a simulated network, disk and clock. One seed decides everything, so a run that fails can be repeated; checkers
 * watch all the time.
 */
@NullMarked
package io.ticketmesh.simulation;

import org.jspecify.annotations.NullMarked;
