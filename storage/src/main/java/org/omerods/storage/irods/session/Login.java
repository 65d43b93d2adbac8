package org.omerods.storage.irods.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.JsonMessages;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.SessionMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs connections in. A PAM password is spent once: the native one that the server derives from it serves the following
 * connections until the server refuses it. Thread-safe.
 */
final class Login {
    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private final Account account;
    private volatile @Nullable Secret derivedPassword;

    Login(Account account) {
        this.account = account;
    }

    /** @param encrypted whether the connection has TLS */
    void login(Connection connection, boolean encrypted) throws ConnectionException, InterruptedException {
        switch (account.scheme()) {
            case NATIVE -> requireAccepted(answerChallenge(connection, account.password()));
            case ANONYMOUS -> requireAccepted(answerChallenge(connection, Secret.NONE));
            case PAM_PASSWORD -> loginByPam(connection, encrypted);
        }
        if (account.ticket().isPresent()) {
            byte[] body = SessionMessages.useTicket(account.ticket().reveal());
            Reply reply = connection.submit(Request.of(Api.TICKET_ADMIN, body)).await();
            if (reply.status() < 0) {
                throw new ConnectionException(Reason.ACCESS_DENIED, "the ticket was refused: " + reply.describe());
            }
        }
    }

    private void loginByPam(Connection connection, boolean encrypted) throws ConnectionException, InterruptedException {
        Secret derived = derivedPassword;
        if (derived != null) {
            Reply reply = answerChallenge(connection, derived);
            if (reply.status() >= 0) {
                return;
            }
            log.debug("the derived password is no longer accepted ({}), asking for another", reply.describe());
        }
        if (!encrypted) {
            throw new ConnectionException(
                    Reason.LOGIN_REFUSED, "PAM sends the password and needs TLS, but the server refuses TLS");
        }
        ObjectNode request = request("pam_password", "auth_agent_auth_request");
        request.put("a_pw", account.password().reveal());
        request.put("a_ttl", "0");
        Reply reply = ask(connection, request);
        requireAccepted(reply);
        Secret fresh = Secret.of(text(reply, "request_result"));
        requireAccepted(answerChallenge(connection, fresh));
        derivedPassword = fresh;
    }

    private Reply answerChallenge(Connection connection, Secret password)
            throws ConnectionException, InterruptedException {
        ObjectNode request = request("native", "auth_agent_auth_request");
        Reply reply = ask(connection, request);
        requireAccepted(reply);
        String challenge = text(reply, "request_result");
        request.put("next_operation", "auth_agent_auth_response");
        request.put("request_result", challenge);
        request.put("digest", NativeDigest.of(challenge, password));
        return ask(connection, request);
    }

    private ObjectNode request(String scheme, String operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scheme", scheme)
                .put("next_operation", operation)
                .put("user_name", account.proxyUser())
                .put("zone_name", account.proxyZone());
    }

    private static Reply ask(Connection connection, JsonNode request) throws ConnectionException, InterruptedException {
        return connection
                .submit(Request.of(Api.AUTHENTICATION, JsonMessages.write(request)))
                .await();
    }

    private static String text(Reply reply, String key) throws ConnectionException {
        try {
            String text = JsonMessages.read(reply.body()).path(key).asText();
            if (text.isEmpty()) {
                throw new MalformedMessage("no " + key + " in it");
            }
            return text;
        } catch (MalformedMessage e) {
            throw new ConnectionException(Reason.CORRUPT, "an authentication reply is damaged: " + e.getMessage(), e);
        }
    }

    private void requireAccepted(Reply reply) throws ConnectionException {
        if (reply.status() < 0) {
            Reason reason = ErrorCode.reason(reply.status());
            throw new ConnectionException(
                    reason.retryable() ? reason : Reason.LOGIN_REFUSED,
                    "login of " + account.proxyUser() + "#" + account.proxyZone() + " (" + account.scheme()
                            + ") was refused: " + reply.describe());
        }
    }
}
