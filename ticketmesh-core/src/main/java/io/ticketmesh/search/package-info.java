/** Looks for words in tickets: a port, and the Lucene index that follows the store. Never the source of truth. */
@NullMarked
package io.ticketmesh.search;

import org.jspecify.annotations.NullMarked;
