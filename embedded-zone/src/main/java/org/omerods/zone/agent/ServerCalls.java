package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.XmlWriter;

/** What the server says of itself. */
final class ServerCalls {
    /** The library features that clients look for, by the month in which they came. */
    private static final String FEATURES = "{\"IRODS_HAS_LIBRARY_TICKET_ADMINISTRATION\":202111}";

    private ServerCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.beforeLogin(700, "GET_MISC_SVR_INFO", (session, request) -> serverInfo(session)),
                Call.beforeLogin(
                        801, "GET_LIBRARY_FEATURES", (session, request) -> Reply.of(0, Bodies.string(FEATURES))));
    }

    private static Reply serverInfo(Session session) {
        String tls = "{\"ssl_enabled\":" + session.isEncrypted() + "}";
        return Reply.of(
                0,
                new XmlWriter()
                        .open("MiscSvrInfo_PI")
                        .number("serverType", 1)
                        .number("serverBootTime", 0)
                        .text("relVersion", ZoneServices.VERSION)
                        .text("apiVersion", "d")
                        .text("rodsZone", session.zone().zone())
                        .binaryBuffer(tls.getBytes(UTF_8))
                        .close("MiscSvrInfo_PI")
                        .bytes());
    }
}
