package io.ticketmesh.replica;

/**
 * Something that must not happen did, and a person should know.
 *
 * @param text for the log
 */
public record Alarm(String text) {}
