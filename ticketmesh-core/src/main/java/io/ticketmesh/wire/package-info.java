/**
 * The bytes of log, database and network. Every record begins with its number in {@link io.ticketmesh.wire.WireIds} and a version
 * byte; then come fields, each a tag, a length and content, by rising tag. A newer version adds tags at the end, which older ones
 * skip, or, in an operation, keep and pass on. A message is a fixed envelope and fields of the same form.
 */
@NullMarked
package io.ticketmesh.wire;

import org.jspecify.annotations.NullMarked;
