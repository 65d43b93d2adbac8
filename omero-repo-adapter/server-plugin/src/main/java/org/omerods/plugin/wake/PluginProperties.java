// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin's own settings: {@code omerods.properties} on the class path, which on a server is its {@code etc} folder.
 * OMERO's configuration is left alone, because a setting that OMERO cannot resolve stops the server.
 */
final class PluginProperties {
    private static final Logger log = LoggerFactory.getLogger(PluginProperties.class);

    private static final String FILE = "omerods.properties";
    private static final int MAX_PORT = 65535;

    private final int port;
    private final String token;

    PluginProperties(int port, String token) {
        this.port = port;
        this.token = token;
    }

    int port() {
        return port;
    }

    /** What the companion knows its server by; never logged. */
    String token() {
        return token;
    }

    /** Reads the file; one that is missing or wrong switches the wake-up off, and nothing else. */
    static PluginProperties read(@Nullable ClassLoader loader) {
        Properties properties = new Properties();
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(FILE) : loader.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
            int port = Integer.parseInt(properties.getProperty("wake.port", "0").trim());
            if (port < 0 || port > MAX_PORT) {
                throw new IOException("wake.port " + port + " is no port");
            }
            return new PluginProperties(port, port == 0 ? "" : token(properties));
        } catch (IOException | RuntimeException e) {
            log.warn("{} cannot be used, the companion will find changes by polling: {}", FILE, e.toString());
            return new PluginProperties(0, "");
        }
    }

    private static String token(Properties properties) throws IOException {
        String file = properties.getProperty("wake.token-file");
        if (file == null) {
            throw new IOException("wake.token-file is not set");
        }
        String token = Files.readString(Paths.get(file.trim())).trim();
        if (token.isEmpty()) {
            throw new IOException("the token file is empty");
        }
        return token;
    }
}
