package org.omerods.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.mount.IrodsSettings;
import org.omerods.storage.Listing;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.ServerInfo;

/** Whether the server can be reached, lets us in, and shows the home collection. */
public final class LoginChecks {
    private LoginChecks() {}

    public static List<Finding> run(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        IrodsConfig config;
        try {
            config = IrodsSettings.of(configuration);
        } catch (ConfigurationException e) {
            findings.add(Finding.failed("iRODS", "no usable configuration", String.valueOf(e.getMessage())));
            return findings;
        }
        try (IrodsStorage storage = IrodsStorage.connect(config)) {
            ServerInfo server = storage.checkLogin();
            findings.add(Finding.ok(
                    "login",
                    server.user() + " of zone " + server.zone() + " at " + server.host() + ":" + server.port()
                            + ", iRODS " + server.release()));
            findings.add(encryption(server));
            findings.add(home(storage, config));
        } catch (StorageException e) {
            findings.add(Finding.failed("login", String.valueOf(e.getMessage()), ""));
        }
        return findings;
    }

    private static Finding encryption(ServerInfo server) {
        return server.encrypted()
                ? Finding.ok("encryption", "TLS")
                : Finding.note(
                        "encryption",
                        "none: names and bytes travel in the clear",
                        "where the server offers TLS, set irods.negotiation to CS_NEG_REQUIRE");
    }

    private static Finding home(IrodsStorage storage, IrodsConfig config) {
        String path =
                "/" + config.account().zone() + "/home/" + config.account().user();
        try {
            Listing listing = storage.list(StoragePath.of(path));
            return Finding.ok("home", path + " with " + listing.entries().size() + " entries");
        } catch (StorageException e) {
            return Finding.note("home", String.valueOf(e.getMessage()), "mount another collection than " + path);
        }
    }
}
