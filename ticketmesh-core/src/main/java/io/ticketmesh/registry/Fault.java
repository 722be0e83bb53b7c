package io.ticketmesh.registry;

/** Why a datagram was not taken. Those that are counted here got no answer, except for {@link #VERSION} and {@link #LIMITED}. */
enum Fault {
    /** Too short, too long, or not as long as it says. */
    LENGTH,
    /** Not of this protocol. */
    MAGIC,
    /** Of another cluster. */
    CLUSTER,
    /** Made with a key that is not known. */
    KEY,
    /** Changed on its way, or made by somebody who does not have the secret. */
    SEAL,
    /** Of another version. */
    VERSION,
    /** Of a type that is not known, or not for this party. */
    TYPE,
    /** Its body makes no sense. */
    BODY,
    /** From another machine, although there is no secret. */
    STRANGER,
    /** It came before, or is too old to tell. */
    REPLAYED,
    /** More than the address may send. */
    LIMITED,
    /** Its answer would have been larger than itself. */
    AMPLIFYING,
    /** An answer that nobody waits for. */
    UNEXPECTED
}
