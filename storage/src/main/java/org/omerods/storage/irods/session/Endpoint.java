package org.omerods.storage.irods.session;

/** Where a server listens. */
public record Endpoint(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is empty: name the iRODS server (irods_host)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "port " + port + " is not between 1 and 65535 (irods_port, usually 1247)");
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
