/** For rules of Spring Security about requests of ours. Needs Spring Security on the class path; nothing else here does. */
@NullMarked
package io.ticketmesh.spring.security;

import org.jspecify.annotations.NullMarked;
