/** Programs that measure; run by hand. See docs/benchmarks.md. */
package io.ticketmesh.spring.benchmark;
