package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.omerods.zone.tls.TlsServer;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Link;
import org.omerods.zone.wire.MessageHeader;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;
import org.omerods.zone.wire.XmlWriter;

/** The first messages of a connection: who the client says he is, whether TLS is wanted, and the version. */
final class Handshake {
    private static final String VERSION_MESSAGE = "RODS_VERSION";
    private static final String NEGOTIATION_MESSAGE = "RODS_CS_NEG_T";

    private final ZoneServices zone;
    private final Link link;
    private boolean wantsTls;
    private boolean givesUp;

    Handshake(ZoneServices zone, Link link) {
        this.zone = zone;
        this.link = link;
    }

    /** Runs it; returns what the client said, or nothing where the connection is over. */
    Optional<Startup> start() throws IOException, ApiException {
        Startup startup;
        try {
            MessageHeader header = link.readHeader(link.readLength());
            byte[] body = link.readBody(header);
            if (header.type().equals("HEARTBEAT")) {
                link.writeRaw("HEARTBEAT".getBytes(UTF_8));
                return Optional.empty();
            }
            if (!header.type().equals("RODS_CONNECT")) {
                throw new ApiException(Status.NOT_A_START, "the first message is " + header.type());
            }
            startup = Startup.read(body);
        } catch (ApiException e) {
            sendVersion(e.status());
            return Optional.empty();
        }
        int status = startup.negotiates() ? negotiate() : 0;
        if (status == 0 && !wantsTls && zone.tlsPolicy().equals(ZoneServices.REQUIRE_TLS)) {
            status = Status.NEGOTIATION_FAILED;
        }
        sendVersion(status);
        if (status != 0) {
            return Optional.empty();
        }
        if (givesUp) {
            throw new EOFException("client and zone want different things of TLS");
        }
        if (wantsTls) {
            startTls();
        }
        return Optional.of(startup);
    }

    /** Whether the connection is encrypted now. */
    boolean isEncrypted() {
        return wantsTls;
    }

    /**
     * Does the TLS handshake, and takes the client's key for parallel transfers, which this zone does not offer: a header that
     * carries the parameters in its lengths, and a message with the key.
     */
    private void startTls() throws IOException, ApiException {
        TlsServer tls =
                zone.tls().orElseThrow(() -> new EOFException("the client starts TLS, which this zone does not have"));
        link.continueOver(tls.accept(link.channel()));
        link.readHeader(link.readLength());
        link.readBody(link.readHeader(link.readLength()));
    }

    /** Offers what this server wants and takes the client's decision; returns the status of the version message. */
    private int negotiate() throws IOException, ApiException {
        byte[] offer = new XmlWriter()
                .open("CS_NEG_PI")
                .number("status", 1)
                .text("result", zone.tlsPolicy())
                .close("CS_NEG_PI")
                .bytes();
        link.write(NEGOTIATION_MESSAGE, Reply.of(0, offer));
        MessageHeader header = link.readHeader(link.readLength());
        byte[] body = link.readBody(header);
        if (!header.type().equals(NEGOTIATION_MESSAGE)) {
            return Status.NEGOTIATION_EXPECTED;
        }
        XmlReader in = new XmlReader(body);
        in.open("CS_NEG_PI");
        boolean failed = in.integer("status") == 0;
        String decision = in.text("result");
        wantsTls = decision.contains("CS_NEG_USE_SSL");
        givesUp = decision.contains("CS_NEG_FAILURE");
        return failed ? Status.NEGOTIATION_FAILED : 0;
    }

    private void sendVersion(int status) throws IOException {
        byte[] version = new XmlWriter()
                .open("Version_PI")
                .number("status", status)
                .text("relVersion", zone.faults().claimedVersion().orElse(ZoneServices.VERSION))
                .text("apiVersion", "d")
                .number("reconnPort", 0)
                .text("reconnAddr", "")
                .number("cookie", 400)
                .close("Version_PI")
                .bytes();
        link.write(VERSION_MESSAGE, Reply.of(0, version));
    }
}
