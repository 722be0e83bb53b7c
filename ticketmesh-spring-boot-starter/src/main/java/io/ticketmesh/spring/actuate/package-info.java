/** What an application with Actuator tells of its node: health, meters, and who it is. Without Actuator nothing of this is loaded. */
@NullMarked
package io.ticketmesh.spring.actuate;

import org.jspecify.annotations.NullMarked;
