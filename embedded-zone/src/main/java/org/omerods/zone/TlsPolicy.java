package org.omerods.zone;

/** What a zone wants of TLS when a client negotiates. */
public enum TlsPolicy {
    /** No TLS. A client that requires it and this zone do not come together. */
    REFUSE,
    /** TLS where the client wants it or does not mind. */
    DONT_CARE,
    /** TLS or nothing. */
    REQUIRE;

    /** The word of the protocol. */
    String word() {
        return "CS_NEG_" + name();
    }
}
