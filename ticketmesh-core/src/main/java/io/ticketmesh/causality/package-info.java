/** Who, when, and how much was seen: identities, hybrid clocks and version vectors. */
@NullMarked
package io.ticketmesh.causality;

import org.jspecify.annotations.NullMarked;
