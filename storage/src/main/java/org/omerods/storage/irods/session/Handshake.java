package org.omerods.storage.irods.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.session.NegotiationPolicy.Outcome;
import org.omerods.storage.irods.wire.ErrorCode;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.omerods.storage.irods.wire.MessageHeader;
import org.omerods.storage.irods.wire.SessionMessages;
import org.omerods.storage.irods.wire.SessionMessages.Negotiation;
import org.omerods.storage.irods.wire.SessionMessages.Version;

/** The first messages on a connection, one after the other: who we are, whether to encrypt, who the server is. */
final class Handshake {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Shown by {@code ips}; the suffix asks for negotiation. */
    private static final String CLIENT_NAME = "omerods";

    private static final String NEGOTIATE = "request_server_negotiation";
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final SessionSettings settings;
    private final Endpoint endpoint;
    private final PlainTransport plain;
    private final FrameReader plainReader;

    Handshake(SessionSettings settings, Endpoint endpoint, PlainTransport plain, FrameReader plainReader) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.plain = plain;
        this.plainReader = plainReader;
    }

    /** What came out of it. */
    record Result(Transport transport, ServerVersion version) {}

    Result perform() throws IOException, MalformedMessage, ConnectionException {
        TlsSettings tls = settings.tls();
        Account account = settings.account();
        send(
                MessageHeader.CONNECT,
                SessionMessages.startup(
                        account.proxyUser(),
                        account.proxyZone(),
                        account.user(),
                        account.zone(),
                        tls.negotiate() ? CLIENT_NAME + NEGOTIATE : CLIENT_NAME));
        Outcome outcome = tls.negotiate() ? negotiate() : Outcome.PLAIN;
        Version version = Version.parse(receive(MessageHeader.VERSION));
        if (version.status() < 0) {
            throw new ConnectionException(
                    ErrorCode.reason(version.status()), "the server refuses: " + ErrorCode.describe(version.status()));
        }
        ServerVersion server = new ServerVersion(version.release(), outcome == Outcome.TLS);
        if (!server.isSupported()) {
            throw new ConnectionException(
                    Reason.UNSUPPORTED, "the server is " + version.release() + ", and 4.3 is the oldest that works");
        }
        if (!plainReader.isDrained()) {
            throw new MalformedMessage("the server sends on before it was asked anything");
        }
        return new Result(outcome == Outcome.TLS ? encrypt() : plain, server);
    }

    private Outcome negotiate() throws IOException, MalformedMessage, ConnectionException {
        Negotiation wish = Negotiation.parse(receive(MessageHeader.NEGOTIATION));
        NegotiationPolicy client = settings.tls().policy();
        NegotiationPolicy server;
        try {
            server = NegotiationPolicy.of(wish.result());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("the server negotiates with '" + wish.result() + "'");
        }
        Outcome outcome = client.with(server);
        send(MessageHeader.NEGOTIATION, SessionMessages.negotiation(outcome.message()));
        if (outcome == Outcome.FAILURE) {
            throw new ConnectionException(
                    Reason.LOGIN_REFUSED,
                    "TLS cannot be agreed on: this client has " + client + " (irods_client_server_policy), the server "
                            + server);
        }
        return outcome;
    }

    /** TLS, then the secret that servers insist on: a header whose lengths are the settings, and the raw bytes. */
    private Transport encrypt() throws IOException, ConnectionException {
        TlsSettings tls = settings.tls();
        Transport encrypted = TlsTransport.over(plain, TlsContext.socketFactory(tls), endpoint, tls.verification());
        byte[] secret = new byte[tls.keyBytes()];
        RANDOM.nextBytes(secret);
        ByteBuffer message = ByteBuffer.wrap(
                new MessageHeader(tls.algorithm(), tls.keyBytes(), tls.saltBytes(), tls.hashRounds(), 0).toBytes());
        encrypted.write(message);
        encrypted.write(
                ByteBuffer.wrap(new MessageHeader(MessageHeader.SHARED_SECRET, secret.length, 0, 0, 0).toBytes()));
        encrypted.write(ByteBuffer.wrap(secret));
        return encrypted;
    }

    private void send(String type, byte[] body) throws IOException {
        byte[] header = new MessageHeader(type, body.length, 0, 0, 0).toBytes();
        plain.write(ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .flip());
    }

    /** The next message; a server that refuses early answers a negotiation with its version already. */
    private byte[] receive(String type) throws IOException, MalformedMessage, ConnectionException {
        MessageHeader header = plainReader.readHeader();
        if (header.messageLength() > MAX_BODY_BYTES
                || header.errorLength() > MAX_BODY_BYTES
                || header.binaryLength() > 0) {
            throw new MalformedMessage("a first message of " + header.messageLength() + " bytes");
        }
        byte[] body = plainReader.readBytes(header.messageLength());
        plainReader.readBytes(header.errorLength());
        if (header.type().equals(type)) {
            return body;
        }
        if (header.type().equals(MessageHeader.VERSION)) {
            int status = Version.parse(body).status();
            throw new ConnectionException(
                    status < 0 ? ErrorCode.reason(status) : Reason.LOGIN_REFUSED,
                    "the server does not negotiate: " + ErrorCode.describe(status));
        }
        throw new MalformedMessage("a message of type " + header.type() + " instead of " + type);
    }
}
