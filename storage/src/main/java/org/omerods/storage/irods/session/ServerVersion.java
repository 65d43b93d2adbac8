package org.omerods.storage.irods.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it is: {@code rods5.0.2}.
 *
 * @param encrypted whether the session has TLS
 */
public record ServerVersion(String release, boolean encrypted) {
    private static final Pattern RELEASE = Pattern.compile("rods(\\d+)\\.(\\d+).*");
    /** Logins by call 110000 exist since 4.3; an older server drops the connection at a call it does not know. */
    private static final int OLDEST_MAJOR = 4;

    private static final int OLDEST_MINOR = 3;

    /** Whether this client can talk to it. An unreadable release counts as new. */
    boolean isSupported() {
        Matcher matcher = RELEASE.matcher(release);
        if (!matcher.matches()) {
            return true;
        }
        int major = Integer.parseInt(matcher.group(1));
        return major > OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(matcher.group(2)) >= OLDEST_MINOR);
    }
}
