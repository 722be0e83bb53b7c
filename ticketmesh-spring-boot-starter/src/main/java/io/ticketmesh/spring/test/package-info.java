/**
 * What tests of an application get without asking: each test context keeps its tickets in a temporary directory of its own and meets nobody.
 * Loaded by the test framework of Spring alone; in an application that runs, nothing of this is.
 */
@NullMarked
package io.ticketmesh.spring.test;

import org.jspecify.annotations.NullMarked;
