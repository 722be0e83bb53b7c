/** A directory of files as the few operations whose order decides what a crash leaves behind. */
@NullMarked
package io.ticketmesh.disk;

import org.jspecify.annotations.NullMarked;
