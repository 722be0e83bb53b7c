/** Keys from one shared secret, and packets that open only for those who have it. Used by the mesh and by the registry. */
@NullMarked
package io.ticketmesh.seal;

import org.jspecify.annotations.NullMarked;
