package org.omerods.storage.irods.session;

/** What is checked of a server's certificate ({@code irods_ssl_verify_server}). */
public enum HostVerification {
    /** The chain, and that the name in the certificate is the host connected to. The default. */
    HOSTNAME,
    /** The chain only. */
    CERT,
    /** Nothing: anybody in between can read and change everything. */
    NONE;

    public static HostVerification of(String text) {
        return switch (text.strip()) {
            case "hostname", "host" -> HOSTNAME;
            case "cert" -> CERT;
            case "none" -> NONE;
            default ->
                throw new IllegalArgumentException(
                        "server verification '" + text + "' is none of hostname, cert, none (irods_ssl_verify_server)");
        };
    }
}
