/** When people work: time counted in business hours. */
@NullMarked
package io.ticketmesh.calendar;

import org.jspecify.annotations.NullMarked;
