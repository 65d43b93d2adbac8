package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Bodies;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;
import org.omerods.zone.wire.XmlWriter;

/** Authentication: the framework of release 4.3 and later, and the calls before it. */
final class LoginCalls {
    private static final String DEPRECATED =
            "The old authentication calls are deprecated; use the authentication framework.";

    private LoginCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.beforeLogin(110_000, "AUTHENTICATION", LoginCalls::authenticate),
                Call.beforeLogin(703, "AUTH_REQUEST", (session, request) -> legacyChallenge(session)),
                Call.beforeLogin(704, "AUTH_RESPONSE", LoginCalls::legacyResponse),
                Call.beforeLogin(1201, "AUTH_PLUG_REQ", LoginCalls::legacyPlugin));
    }

    private static Reply authenticate(Session session, Request request) throws ApiException, SQLException {
        ObjectNode message = Json.object(Bodies.readBinaryBuffer(request.body()), Status.INTERNAL);
        String scheme = Json.text(message, "scheme");
        String operation = Json.text(message, "next_operation");
        switch (scheme) {
            case "native" -> nativeStep(session, message, operation);
            case "" -> throw new ApiException(Status.INVALID_INPUT, "no authentication scheme");
            case "pam_password" -> pamStep(session, message, operation);
            default -> throw new ApiException(Status.UNKNOWN_SCHEME, "unknown authentication scheme");
        }
        return Reply.of(0, Bodies.json(Json.write(message)));
    }

    private static void nativeStep(Session session, ObjectNode message, String operation)
            throws ApiException, SQLException {
        switch (operation) {
            case "auth_agent_auth_request" ->
                message.put("request_result", session.login().challenge());
            case "auth_agent_auth_response" ->
                session.login()
                        .respond(
                                session,
                                Json.text(message, "user_name"),
                                Json.text(message, "zone_name"),
                                Login.decode(Json.text(message, "digest")));
            default -> throw new ApiException(Status.INVALID_INPUT, "unknown step of native authentication");
        }
    }

    /** Checks a password in clear text, which TLS hides, and answers with one that is made for the native login after it. */
    private static void pamStep(Session session, ObjectNode message, String operation)
            throws ApiException, SQLException {
        if (!session.isEncrypted()) {
            throw new ApiException(Status.NOT_ALLOWED, "pam_password without TLS");
        }
        if (!operation.equals("auth_agent_auth_request")) {
            throw new ApiException(Status.INVALID_INPUT, "unknown step of pam_password authentication");
        }
        String given =
                Json.text(message, "a_pw").isEmpty() ? Json.text(message, "password") : Json.text(message, "a_pw");
        String name = Json.text(message, "user_name");
        message.put(
                "request_result", PasswordCalls.forPam(session.zone(), name, Json.text(message, "zone_name"), given));
        message.remove("a_pw");
        message.remove("password");
    }

    private static Reply legacyChallenge(Session session) {
        byte[] challenge = session.login().challenge().getBytes(UTF_8);
        return Reply.of(
                        0,
                        new XmlWriter()
                                .open("authRequestOut_PI")
                                .text("challenge", Base64.getEncoder().encodeToString(challenge))
                                .close("authRequestOut_PI")
                                .bytes())
                .withErrorStack(Bodies.warning(Status.DEPRECATED_LOGIN, DEPRECATED));
    }

    private static Reply legacyPlugin(Session session, Request request) throws ApiException {
        XmlReader in = new XmlReader(request.body());
        in.open("authPlugReqInp_PI");
        if (!in.text("auth_scheme_").equalsIgnoreCase("native")) {
            throw new ApiException(Status.UNKNOWN_SCHEME, "unknown authentication scheme");
        }
        return Reply.of(
                        0,
                        new XmlWriter()
                                .open("authPlugReqOut_PI")
                                .text("result_", session.login().challenge())
                                .close("authPlugReqOut_PI")
                                .bytes())
                .withErrorStack(Bodies.warning(Status.DEPRECATED_LOGIN, DEPRECATED));
    }

    private static Reply legacyResponse(Session session, Request request) throws ApiException, SQLException {
        XmlReader in = new XmlReader(request.body());
        in.open("authResponseInp_PI");
        byte[] digest = Login.decode(in.text("response"));
        String name = in.text("username");
        in.close("authResponseInp_PI");
        int separator = name.indexOf('#');
        String user = separator < 0 ? name : name.substring(0, separator);
        String zone = separator < 0 ? session.zone().zone() : name.substring(separator + 1);
        session.login().respond(session, user, zone, digest);
        return Reply.DONE;
    }
}
