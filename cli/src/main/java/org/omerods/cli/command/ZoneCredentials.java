package org.omerods.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.omerods.cli.config.ClientEnvironmentFile;

/** Password and client environment of a zone of our own, in files that only this user may read. */
final class ZoneCredentials {
    private static final int PASSWORD_BYTES = 16;

    private final Path folder;
    private final String user;
    private final Path file;
    private final String password;

    private ZoneCredentials(Path folder, String user, Path file, String password) {
        this.folder = folder;
        this.user = user;
        this.file = file;
        this.password = password;
    }

    /**
     * Those of a zone's data folder, made where missing.
     *
     * @param given a password file to use instead, or null
     */
    static ZoneCredentials in(Path folder, String user, @Nullable Path given) throws IOException {
        Files.createDirectories(folder);
        Path file = given == null ? folder.resolve("password") : given;
        if (given == null && !Files.exists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            ClientEnvironmentFile.writePrivately(file, HexFormat.of().formatHex(random) + "\n");
        }
        String password = Files.readString(file).lines().findFirst().orElse("");
        if (password.isEmpty()) {
            throw new IOException("password file " + file + ": its first line is empty; write the password there");
        }
        return new ZoneCredentials(folder, user, file, password);
    }

    Path file() {
        return file;
    }

    String password() {
        return password;
    }

    /** Writes the irods_environment.json with which clients find the zone. */
    Path writeEnvironment(String host, int port, String zone) throws IOException {
        return ClientEnvironmentFile.write(folder, host, port, zone, user);
    }
}
