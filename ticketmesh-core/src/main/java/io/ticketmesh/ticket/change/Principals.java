package io.ticketmesh.ticket.change;

import io.ticketmesh.ticket.Texts;

/** The rule for names of people and programs. */
final class Principals {
    /** The most characters (UTF-16 units) of a principal's name. */
    static final int MAX_CHARS = 128;

    private Principals() {}

    static String require(String field, String name) {
        return Texts.line(field, name, MAX_CHARS);
    }
}
