package org.omerods.omero.remote;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import org.omerods.storage.irods.session.Secret;

/**
 * Where OMERO.web is and who logs in.
 *
 * @param base address without a trailing slash, {@code https://omero.example.org} or with a path below it
 * @param server OMERO.web's number of the OMERO server, usually 1: the login form insists on it
 * @param timeout limit of one request, the log-in included; a refused password takes OMERO 3 s
 */
public record WebConfig(URI base, String user, Secret password, int server, Duration timeout) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public WebConfig {
        requireNonNull(password, "password");
        requireNonNull(timeout, "timeout");
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("OMERO.web address " + base + " is no http or https address");
        }
        if (base.getUserInfo() != null || base.getQuery() != null) {
            throw new IllegalArgumentException("OMERO.web address must hold neither a user nor a query");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("no user for OMERO.web");
        }
        String text = base.toString();
        if (text.endsWith("/")) {
            base = URI.create(text.substring(0, text.length() - 1));
        }
    }
}
