package org.omerods.storage.irods.session;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything about encryption. Key, salt, rounds and algorithm describe a shared secret that every client sends after the
 * TLS handshake; servers use it for parallel transfer only, and refuse connections without it.
 *
 * @param negotiate whether to ask the server at all; without it the connection is plain
 * @param certificateAuthorities file of PEM certificates to trust instead of the JDK's
 * @param keyBytes length of the shared secret
 */
public record TlsSettings(
        boolean negotiate,
        NegotiationPolicy policy,
        HostVerification verification,
        Optional<Path> certificateAuthorities,
        int keyBytes,
        int saltBytes,
        int hashRounds,
        String algorithm) {

    /** Encrypted where the server wishes or allows it; the figures are those of the icommands. */
    public static final TlsSettings DEFAULT = new TlsSettings(
            true,
            NegotiationPolicy.CS_NEG_DONT_CARE,
            HostVerification.HOSTNAME,
            Optional.empty(),
            32,
            8,
            16,
            "AES-256-CBC");

    private static final int MAX_FIGURE = 65_536;

    public TlsSettings {
        requireNonNull(policy, "policy");
        requireNonNull(verification, "verification");
        requireNonNull(certificateAuthorities, "certificateAuthorities");
        check("irods_encryption_key_size", keyBytes);
        check("irods_encryption_salt_size", saltBytes);
        check("irods_encryption_num_hash_rounds", hashRounds);
        if (algorithm.isBlank()) {
            throw new IllegalArgumentException("irods_encryption_algorithm is empty");
        }
        if (!negotiate && policy == NegotiationPolicy.CS_NEG_REQUIRE) {
            throw new IllegalArgumentException(
                    "policy CS_NEG_REQUIRE needs irods_client_server_negotiation = request_server_negotiation");
        }
    }

    public TlsSettings withPolicy(NegotiationPolicy newPolicy) {
        return new TlsSettings(
                true, newPolicy, verification, certificateAuthorities, keyBytes, saltBytes, hashRounds, algorithm);
    }

    public TlsSettings withCertificateAuthorities(Path file) {
        return new TlsSettings(
                negotiate, policy, verification, Optional.of(file), keyBytes, saltBytes, hashRounds, algorithm);
    }

    public TlsSettings withVerification(HostVerification newVerification) {
        return new TlsSettings(
                negotiate, policy, newVerification, certificateAuthorities, keyBytes, saltBytes, hashRounds, algorithm);
    }

    private static void check(String key, int value) {
        if (value < 1 || value > MAX_FIGURE) {
            throw new IllegalArgumentException(key + " = " + value + " is not between 1 and " + MAX_FIGURE);
        }
    }
}
