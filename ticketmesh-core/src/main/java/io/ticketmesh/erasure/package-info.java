/** Taking away, on all nodes, what somebody wrote and how he is called. */
@NullMarked
package io.ticketmesh.erasure;

import org.jspecify.annotations.NullMarked;
