/** The transport between machines: a JGroups channel whose every packet is sealed. Nothing else names JGroups. */
@NullMarked
package io.ticketmesh.transport.jgroups;

import org.jspecify.annotations.NullMarked;
