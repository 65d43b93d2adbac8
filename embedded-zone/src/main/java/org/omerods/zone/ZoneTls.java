package org.omerods.zone;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a zone does TLS.
 *
 * @param keystore a PKCS #12 file with the key and the certificate; without it the zone makes itself a certificate for
 *     localhost, beside its catalog
 * @param password that of the keystore; {@link #toString} hides it
 */
public record ZoneTls(TlsPolicy policy, Optional<Path> keystore, String password) {
    /** With a certificate of its own making. */
    public static ZoneTls selfSigned(TlsPolicy policy) {
        return new ZoneTls(policy, Optional.empty(), "");
    }

    /** With the certificate in {@code keystore}. */
    public static ZoneTls of(TlsPolicy policy, Path keystore, String password) {
        return new ZoneTls(policy, Optional.of(keystore), password);
    }

    @Override
    public String toString() {
        return "ZoneTls[" + policy + ", " + keystore.map(Path::toString).orElse("self-signed") + "]";
    }
}
