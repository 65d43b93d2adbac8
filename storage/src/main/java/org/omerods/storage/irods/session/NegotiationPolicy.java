package org.omerods.storage.irods.session;

/** What one side wants of TLS, and what comes out. Constants carry the names of the protocol. */
public enum NegotiationPolicy {
    CS_NEG_REFUSE,
    CS_NEG_DONT_CARE,
    CS_NEG_REQUIRE;

    /** What both sides' wishes come to. */
    public enum Outcome {
        TLS("CS_NEG_USE_SSL"),
        PLAIN("CS_NEG_USE_TCP"),
        FAILURE("CS_NEG_FAILURE");

        private final String keyword;

        Outcome(String keyword) {
            this.keyword = keyword;
        }

        /** How the client tells the server, which follows. */
        public String message() {
            return "cs_neg_result_kw=" + keyword + ";";
        }
    }

    /** Reads {@code irods_client_server_policy}. */
    public static NegotiationPolicy of(String text) {
        for (NegotiationPolicy policy : values()) {
            if (policy.name().equals(text.strip())) {
                return policy;
            }
        }
        throw new IllegalArgumentException("TLS policy '" + text
                + "' is none of CS_NEG_REFUSE, CS_NEG_DONT_CARE, CS_NEG_REQUIRE (irods_client_server_policy)");
    }

    /** The table that every iRODS client uses; this is the client's wish. */
    public Outcome with(NegotiationPolicy server) {
        return switch (this) {
            case CS_NEG_REFUSE -> server == CS_NEG_REQUIRE ? Outcome.FAILURE : Outcome.PLAIN;
            case CS_NEG_DONT_CARE -> server == CS_NEG_REFUSE ? Outcome.PLAIN : Outcome.TLS;
            case CS_NEG_REQUIRE -> server == CS_NEG_REFUSE ? Outcome.FAILURE : Outcome.TLS;
        };
    }
}
