package org.omerods.storage.irods.session;

import static java.util.Objects.requireNonNull;

/**
 * Who connects.
 *
 * @param user whose rights count, of {@code zone}
 * @param proxyUser who logs in: the same user, or an administrator acting for him
 * @param password NONE for anonymous
 * @param ticket used for every connection where present
 */
public record Account(
        String user,
        String zone,
        String proxyUser,
        String proxyZone,
        AuthenticationScheme scheme,
        Secret password,
        Secret ticket) {
    public Account {
        requireText("user", "irods_user_name", user);
        requireText("zone", "irods_zone_name", zone);
        requireText("proxy user", "irods_proxy_user", proxyUser);
        requireText("proxy zone", "irods_proxy_zone", proxyZone);
        requireNonNull(scheme, "scheme");
        requireNonNull(password, "password");
        requireNonNull(ticket, "ticket");
        if (scheme != AuthenticationScheme.ANONYMOUS && !password.isPresent()) {
            throw new IllegalArgumentException(
                    "no password for " + proxyUser + "#" + proxyZone + ": run iinit, or give one");
        }
        if (scheme == AuthenticationScheme.ANONYMOUS && !proxyUser.equals("anonymous")) {
            throw new IllegalArgumentException("the anonymous scheme needs the user anonymous, not " + proxyUser);
        }
    }

    private static void requireText(String what, String key, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is empty (" + key + ")");
        }
    }
}
