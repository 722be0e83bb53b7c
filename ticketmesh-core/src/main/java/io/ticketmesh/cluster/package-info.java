/** Who belongs to the mesh and how they are: plain values, decided by nobody here. */
@NullMarked
package io.ticketmesh.cluster;

import org.jspecify.annotations.NullMarked;
