package org.omerods.zone;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an embedded zone is to be like. Immutable; the {@code with} methods make changed copies.
 *
 * @param catalog the SQLite file of the catalog
 * @param vault the directory of the bytes
 * @param bindAddress where to listen; loopback unless somebody says otherwise
 * @param port the TCP port, 0 for any free one
 * @param users of whom at least one administrates; the first such owns the top collections
 * @param trees directories that are served in place
 * @param progressMessages whether recursive removal asks back after every ten objects, as the real server does; off,
 *     because irods4j cannot answer
 * @param tls how it does TLS; without it TLS is refused
 */
public record ZoneOptions(
        Path catalog,
        Path vault,
        InetAddress bindAddress,
        int port,
        String zoneName,
        String resourceName,
        List<ZoneUser> users,
        List<ServedTree> trees,
        boolean progressMessages,
        Optional<ZoneTls> tls) {
    private static final List<ZoneUser> DEFAULT_USERS =
            List.of(new ZoneUser("rods", "rods", true), new ZoneUser("alice", "alicepass", false));

    public ZoneOptions {
        users = List.copyOf(users);
        trees = List.copyOf(trees);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        if (zoneName.isEmpty() || zoneName.contains("/")) {
            throw new IllegalArgumentException("not a zone name: '" + zoneName + "'");
        }
        if (users.stream().noneMatch(ZoneUser::administrator)) {
            throw new IllegalArgumentException("a zone needs a user who administrates it");
        }
    }

    /** A zone that lives in {@code directory}: tempZone with rods/rods and alice/alicepass, on any free loopback port. */
    public static ZoneOptions inDirectory(Path directory) {
        return new ZoneOptions(
                directory.resolve("catalog.db"),
                directory.resolve("vault"),
                InetAddress.getLoopbackAddress(),
                0,
                "tempZone",
                "demoResc",
                DEFAULT_USERS,
                List.of(),
                false,
                Optional.empty());
    }

    public ZoneOptions withPort(int newPort) {
        return new ZoneOptions(
                catalog, vault, bindAddress, newPort, zoneName, resourceName, users, trees, progressMessages, tls);
    }

    public ZoneOptions withBindAddress(InetAddress address) {
        return new ZoneOptions(
                catalog, vault, address, port, zoneName, resourceName, users, trees, progressMessages, tls);
    }

    public ZoneOptions withZoneName(String name) {
        return new ZoneOptions(
                catalog, vault, bindAddress, port, name, resourceName, users, trees, progressMessages, tls);
    }

    public ZoneOptions withUsers(List<ZoneUser> newUsers) {
        return new ZoneOptions(
                catalog, vault, bindAddress, port, zoneName, resourceName, newUsers, trees, progressMessages, tls);
    }

    /** Also serves {@code directory} in place, read-only, at {@code collection}. */
    public ZoneOptions withTree(Path directory, String collection) {
        List<ServedTree> more = new ArrayList<>(trees);
        more.add(new ServedTree(directory, collection));
        return new ZoneOptions(
                catalog, vault, bindAddress, port, zoneName, resourceName, users, more, progressMessages, tls);
    }

    public ZoneOptions withProgressMessages(boolean wanted) {
        return new ZoneOptions(catalog, vault, bindAddress, port, zoneName, resourceName, users, trees, wanted, tls);
    }

    /** Speaks TLS, too, and so allows pam_password logins, with the passwords of the users. */
    public ZoneOptions withTls(ZoneTls wanted) {
        return new ZoneOptions(
                catalog,
                vault,
                bindAddress,
                port,
                zoneName,
                resourceName,
                users,
                trees,
                progressMessages,
                Optional.of(wanted));
    }

    /** The user who owns the top collections. */
    ZoneUser administrator() {
        return users.stream().filter(ZoneUser::administrator).findFirst().orElseThrow();
    }
}
