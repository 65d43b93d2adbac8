package org.omerods.zone.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Optional;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.CallFault;
import org.omerods.zone.wire.Link;
import org.omerods.zone.wire.MessageHeader;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one connection from its first byte to its last.
 *
 * <p>Requests are answered one after the other and in their order; a client may send many before it reads.
 */
final class Agent {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    static final String REPLY = "RODS_API_REPLY";

    private final ZoneServices zone;
    private final CallTable calls;
    private final Link link;

    Agent(ZoneServices zone, CallTable calls, Link link) {
        this.zone = zone;
        this.calls = calls;
        this.link = link;
    }

    /** Runs until the client goes or is cut. */
    void run() {
        try (link) {
            Handshake handshake = new Handshake(zone, link);
            Optional<Startup> startup = handshake.start();
            if (startup.isPresent()) {
                serve(new Session(zone, startup.get(), handshake.isEncrypted()));
            }
        } catch (EOFException e) {
            log.debug("connection ended: {}", e.getMessage());
        } catch (IOException | ApiException e) {
            log.debug("connection broke: {}", e.toString());
        }
    }

    private void serve(Session session) throws IOException {
        try {
            boolean open = true;
            while (open) {
                open = answerNext(session);
            }
        } finally {
            session.close();
        }
    }

    private boolean answerNext(Session session) throws IOException {
        MessageHeader header;
        try {
            header = link.readHeader(link.readLength());
        } catch (ApiException e) {
            throw new IOException("a damaged header", e);
        }
        if (!header.type().equals("RODS_API_REQ")) {
            log.debug("{} ends the connection", header.type());
            return false;
        }
        Request request = new Request(link.readBody(header), link, header.binaryLength());
        Optional<Call> call = calls.find(header.number());
        if (call.isEmpty()) {
            log.debug("unknown call {} ends the connection", header.number());
            return false;
        }
        String name = call.get().name();
        zone.traffic().requested(name);
        CallFault fault = zone.faults().faultOf(name);
        Reply reply;
        switch (fault) {
            case CallFault.Cut(CallFault.Moment moment)
            when moment != CallFault.Moment.AFTER_IT -> {
                request.skip(moment == CallFault.Moment.IN_ITS_DATA ? header.binaryLength() / 2 : 0);
                return false;
            }
            case CallFault.Refuse(int status) -> reply = Reply.of(status);
            case CallFault.Cut cut -> reply = answer(session, call.get(), request);
            case CallFault.None none -> reply = answer(session, call.get(), request);
        }
        request.skipRest();
        if (fault instanceof CallFault.Cut) {
            return false;
        }
        Pause.of(zone.faults().replyDelay());
        if (zone.faults().truncates(name)) {
            link.writeHalf(REPLY, reply);
            return false;
        }
        link.write(REPLY, reply);
        return true;
    }

    private static Reply answer(Session session, Call call, Request request) throws IOException {
        try {
            if (!session.isLoggedIn() && !call.beforeLogin()) {
                throw new ApiException(Status.NO_API_PRIVILEGE, "not logged in");
            }
            return call.handler().answer(session, request);
        } catch (ApiException e) {
            log.debug("{} refused: {}", call.name(), e.getMessage());
            return Reply.of(e);
        } catch (NoSuchFileException e) {
            log.warn("{} finds no file {}", call.name(), e.getFile());
            return Reply.of(Status.FILE_OPEN_MISSING);
        } catch (AccessDeniedException e) {
            log.warn("{} may not open {}", call.name(), e.getFile());
            return Reply.of(Status.FILE_OPEN_DENIED);
        } catch (SQLException e) {
            log.warn("{} failed in the catalog: {}", call.name(), e.getMessage());
            return Reply.of(Status.SQL);
        }
    }
}
