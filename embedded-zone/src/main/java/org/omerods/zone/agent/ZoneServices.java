package org.omerods.zone.agent;

import java.time.Clock;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogStore;
import org.omerods.zone.catalog.Times;
import org.omerods.zone.tls.TlsServer;
import org.omerods.zone.tree.TreeMirror;
import org.omerods.zone.vault.Vault;
import org.omerods.zone.wire.Faults;
import org.omerods.zone.wire.Traffic;

/** What all connections of a zone share. */
public record ZoneServices(
        String zone,
        String host,
        String resource,
        long resourceId,
        CatalogStore catalog,
        Vault vault,
        WriteLocks locks,
        Clock clock,
        Faults faults,
        Traffic traffic,
        boolean progressMessages,
        String tlsPolicy,
        Optional<TlsServer> tls,
        TreeMirror trees) {
    /** The policy by which nobody gets in without TLS. */
    static final String REQUIRE_TLS = "CS_NEG_REQUIRE";

    /** The release that this server answers like. */
    static final String VERSION = "rods5.0.2";

    /** The time, as the catalog writes it. */
    public String now() {
        return Times.now(clock);
    }
}
