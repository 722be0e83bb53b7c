/** Keeps bytes under their hash: the port, an implementation in a directory and one in memory. */
@NullMarked
package io.ticketmesh.blob;

import org.jspecify.annotations.NullMarked;
