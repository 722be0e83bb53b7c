package io.ticketmesh.search;

import java.util.Optional;

/**
 * How an index is doing.
 *
 * @param tickets how many tickets can be found
 * @param behind how many log entries of the store are not indexed yet
 * @param problem why nothing can be found at the moment; empty when all is well
 */
public record SearchStatus(long tickets, long behind, Optional<String> problem) {}
