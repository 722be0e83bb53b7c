/** The lattices that tickets are made of: values that replicas can merge in any order with the same result. */
@NullMarked
package io.ticketmesh.crdt;

import org.jspecify.annotations.NullMarked;
