package org.omerods.omero.remote;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import org.omerods.storage.irods.session.Secret;

/**
 * How the {@code omero} program is called.
 *
 * @param executable name to look up in PATH, or a path
 * @param host name or address of the OMERO server
 * @param port of its Glacier2 router, usually 4064
 * @param user the service account, which may act for others when it is an administrator
 * @param scratch folder in which each run gets an empty folder of its own
 */
public record ProgramConfig(String executable, String host, int port, String user, Secret password, Path scratch) {
    public static final int DEFAULT_PORT = 4064;

    public ProgramConfig {
        requireNonNull(password, "password");
        requireNonNull(scratch, "scratch");
        if (executable.isBlank() || host.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("the omero program needs an executable, a host and a user");
        }
        if (host.startsWith("-") || user.startsWith("-") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "OMERO server " + host + ":" + port + " or user " + user + " is no name");
        }
    }
}
