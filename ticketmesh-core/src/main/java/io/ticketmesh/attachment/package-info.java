/** The bytes of attachments: taken in, given out, fetched from other nodes, and deleted when no ticket refers to them. */
@NullMarked
package io.ticketmesh.attachment;

import org.jspecify.annotations.NullMarked;
