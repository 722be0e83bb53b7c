/** Changes with identity and time: the operations that replicas keep, exchange and apply. */
@NullMarked
package io.ticketmesh.oplog;

import org.jspecify.annotations.NullMarked;
