/** What happens to tickets by itself when its time has come: which timers are armed, who fires them, and the thread that does. */
@NullMarked
package io.ticketmesh.timer;

import org.jspecify.annotations.NullMarked;
