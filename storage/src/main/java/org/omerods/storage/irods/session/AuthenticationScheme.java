package org.omerods.storage.irods.session;

import java.util.Locale;

/** How the server is convinced of who we are. */
public enum AuthenticationScheme {
    /** Challenge and response; the password never travels. */
    NATIVE,
    /** The password travels, inside TLS only, and is exchanged for a derived native one. */
    PAM_PASSWORD,
    /** User {@code anonymous}, without a password. */
    ANONYMOUS;

    /** Reads {@code irods_authentication_scheme}: {@code native}, {@code pam_password} (or {@code pam}), {@code anonymous}. */
    public static AuthenticationScheme of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "native" -> NATIVE;
            case "pam_password", "pam" -> PAM_PASSWORD;
            case "anonymous" -> ANONYMOUS;
            default ->
                throw new IllegalArgumentException(
                        "authentication scheme '" + text + "' is none of native, pam_password, anonymous");
        };
    }
}
