package org.omerods.storage.testing;

import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;

/** How tests log in to an embedded zone: as its administrator. */
public final class ZoneLogin {
    private ZoneLogin() {}

    /** For tests that change something of it. */
    public static IrodsConfig.Builder of(EmbeddedZone zone) {
        return IrodsConfig.builder()
                .host(zone.host())
                .port(zone.port())
                .zone(zone.zoneName())
                .user("rods")
                .password(Secret.of("rods"));
    }
}
