package org.omerods.storage.irods.session;

import java.time.Duration;

/** What is needed to open sessions with any server of a zone; validated by its parts. */
public record SessionSettings(
        Account account, TlsSettings tls, Duration connectTimeout, Duration readTimeout, int maxConnections) {
    /** More agents than this for one client starve a server: each holds a database session of the catalog. */
    public static final int MAX_CONNECTIONS = 64;

    public SessionSettings {
        check(account, tls, connectTimeout, readTimeout, maxConnections);
    }

    /** @throws IllegalArgumentException naming the value that cannot be */
    public static void check(
            Account account, TlsSettings tls, Duration connectTimeout, Duration readTimeout, int maxConnections) {
        checkPositive("connect timeout", connectTimeout);
        checkPositive("read timeout", readTimeout);
        if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "max connections " + maxConnections + " is not between 1 and " + MAX_CONNECTIONS);
        }
        if (account.scheme() == AuthenticationScheme.PAM_PASSWORD
                && (!tls.negotiate() || tls.policy() == NegotiationPolicy.CS_NEG_REFUSE)) {
            throw new IllegalArgumentException(
                    "PAM sends the password and needs TLS: set irods_client_server_policy to "
                            + "CS_NEG_REQUIRE and irods_client_server_negotiation to request_server_negotiation");
        }
    }

    private static void checkPositive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be longer than nothing, not " + duration);
        }
    }
}
