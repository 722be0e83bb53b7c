/** Incidents that programs report: many reports of one matter become one ticket that counts them. */
@NullMarked
package io.ticketmesh.incident;

import org.jspecify.annotations.NullMarked;
