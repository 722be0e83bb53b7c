/** How fast and how large the store is, beside what it could be at best: programs to be run by hand, see docs/benchmarks.md. */
@NullMarked
package io.ticketmesh.benchmark;

import org.jspecify.annotations.NullMarked;
