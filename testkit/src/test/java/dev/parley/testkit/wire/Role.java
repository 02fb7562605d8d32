package dev.parley.testkit.wire;

/** What Parley is on the connection under test; RFC 6455 asks some things of one role only. */
enum Role {
    /** Parley is the server: the peer is a client of the gateway. */
    SERVER,
    /** Parley is the client: the peer is a provider. */
    CLIENT
}
