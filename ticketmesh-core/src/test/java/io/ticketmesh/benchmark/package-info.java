/** How fast and how large the store is, and how fast a mesh, beside what they could be at best: programs to be run by hand, see docs/benchmarks.md. */
@NullMarked
package io.ticketmesh.benchmark;

import org.jspecify.annotations.NullMarked;
