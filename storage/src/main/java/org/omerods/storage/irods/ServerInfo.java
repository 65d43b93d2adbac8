package org.omerods.storage.irods;

/**
 * What a login tells.
 *
 * @param release of the server, such as {@code rods5.0.2}
 * @param user whose rights count
 * @param encrypted whether the connection has TLS
 */
public record ServerInfo(String host, int port, String release, String zone, String user, boolean encrypted) {}
