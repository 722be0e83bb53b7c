/** All operations that a node holds as one stream of bytes: for backup, seeding, and moving between meshes. */
@NullMarked
package io.ticketmesh.bundle;

import org.jspecify.annotations.NullMarked;
