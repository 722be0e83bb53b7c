/** Who may do what: the port that REST asks, and its standard answers. */
@NullMarked
package io.ticketmesh.spring.access;

import org.jspecify.annotations.NullMarked;
