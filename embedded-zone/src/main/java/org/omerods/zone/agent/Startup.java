package org.omerods.zone.agent;

import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.XmlReader;

/** What a client says of itself in its first message (StartupPack_PI). Nothing of it is trusted before the login. */
record Startup(
        String proxyUser, String proxyZone, String clientUser, String clientZone, String release, String option) {
    static Startup read(byte[] body) throws ApiException {
        XmlReader in = new XmlReader(body);
        in.open("StartupPack_PI");
        in.integer("irodsProt");
        in.integer("reconnFlag");
        in.integer("connectCnt");
        String proxyUser = in.text("proxyUser", 64);
        String proxyZone = in.text("proxyRcatZone", 64);
        String clientUser = in.text("clientUser", 64);
        String clientZone = in.text("clientRcatZone", 64);
        String release = in.text("relVersion", 64);
        in.text("apiVersion", 64);
        String option = in.text("option", 4096);
        in.close("StartupPack_PI");
        return new Startup(proxyUser, proxyZone, clientUser, clientZone, release, option);
    }

    /** Whether the client wants to negotiate TLS. */
    boolean negotiates() {
        return option.contains("request_server_negotiation");
    }
}
