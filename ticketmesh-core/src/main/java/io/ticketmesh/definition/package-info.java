/** What people set up once and use by its name, kept in the books of the mesh: saved views and canned replies. */
@NullMarked
package io.ticketmesh.definition;

import org.jspecify.annotations.NullMarked;
