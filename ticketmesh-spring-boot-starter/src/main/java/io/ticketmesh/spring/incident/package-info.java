/** What goes wrong in the application, reported as incidents where the application wants that. */
@NullMarked
package io.ticketmesh.spring.incident;

import org.jspecify.annotations.NullMarked;
