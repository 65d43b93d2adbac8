package org.omerods.storage.irods.wire;

import java.util.Map;

/** Bodies of the messages that begin a connection, and of ticket use. */
public final class SessionMessages {
    /**
     * What this client says it is. The server answers in the old way of escaping quotes to anything before 4.2.9; the
     * calls used here exist since 4.3.
     */
    private static final String RELEASE = "rods4.3.2";

    private static final int PROTOCOL_XML = 1;

    private SessionMessages() {}

    /** The first message; {@code option} is the client's name, with a suffix where negotiation is wished. */
    public static byte[] startup(String proxyUser, String proxyZone, String user, String zone, String option) {
        return new XmlWriter()
                .open("StartupPack_PI")
                .number("irodsProt", PROTOCOL_XML)
                .number("reconnFlag", 0)
                .number("connectCnt", 0)
                .text("proxyUser", proxyUser)
                .text("proxyRcatZone", proxyZone)
                .text("clientUser", user)
                .text("clientRcatZone", zone)
                .text("relVersion", RELEASE)
                .text("apiVersion", "d")
                .text("option", option)
                .close("StartupPack_PI")
                .toBytes();
    }

    public static byte[] negotiation(String result) {
        return new XmlWriter()
                .open("CS_NEG_PI")
                .number("status", 1)
                .text("result", result)
                .close("CS_NEG_PI")
                .toBytes();
    }

    public static byte[] useTicket(String ticket) {
        XmlWriter xml = new XmlWriter()
                .open("ticketAdminInp_PI")
                .text("arg1", "session")
                .text("arg2", ticket)
                .text("arg3", "")
                .text("arg4", "")
                .text("arg5", "")
                .text("arg6", "");
        KeyValues.write(xml, Map.of());
        return xml.close("ticketAdminInp_PI").toBytes();
    }

    /** What the server said to a wish to negotiate. */
    public record Negotiation(int status, String result) {
        public static Negotiation parse(byte[] body) throws MalformedMessage {
            XmlReader xml = new XmlReader(body);
            xml.open("CS_NEG_PI");
            Negotiation negotiation = new Negotiation(xml.integer("status"), xml.text("result"));
            xml.close("CS_NEG_PI");
            return negotiation;
        }
    }

    /** Who the server is; a negative status here, not in the header, is a refusal. */
    public record Version(int status, String release, String apiVersion) {
        public static Version parse(byte[] body) throws MalformedMessage {
            XmlReader xml = new XmlReader(body);
            xml.open("Version_PI");
            return new Version(xml.integer("status"), xml.text("relVersion"), xml.text("apiVersion"));
        }
    }
}
