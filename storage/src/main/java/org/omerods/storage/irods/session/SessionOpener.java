package org.omerods.storage.irods.session;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.irods.wire.MalformedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections that are logged in. Thread-safe. */
final class SessionOpener {
    private static final Logger log = LoggerFactory.getLogger(SessionOpener.class);

    /** The three messages of a start are short. */
    private static final int START_BUFFER_BYTES = 16 * 1024;

    private final SessionSettings settings;
    private final Login login;
    private final Watchdog watchdog;
    private final Counters counters;
    private final AtomicInteger number = new AtomicInteger();

    SessionOpener(SessionSettings settings, Watchdog watchdog, Counters counters) {
        this.settings = settings;
        this.login = new Login(settings.account());
        this.watchdog = watchdog;
        this.counters = counters;
    }

    /** A connection and what watches it. */
    record Session(Connection connection, Activity activity, ServerVersion version) {}

    Session open(Endpoint endpoint) throws ConnectionException, InterruptedException {
        PlainTransport plain = connect(endpoint);
        AtomicReference<String> silence = new AtomicReference<>();
        Activity starting = new Activity(() -> {
            silence.set("no answer for " + settings.readTimeout());
            plain.close();
        });
        starting.begin();
        watchdog.watch(starting);
        boolean opened = false;
        try {
            Session session = start(endpoint, plain, starting);
            opened = true;
            return session;
        } catch (IOException | MalformedMessage e) {
            throw failure(endpoint, e, silence.get());
        } catch (ConnectionException e) {
            throw new ConnectionException(e.reason(), endpoint + ": " + e.getMessage(), e);
        } finally {
            watchdog.forget(starting);
            if (!opened) {
                plain.close();
            }
        }
    }

    private PlainTransport connect(Endpoint endpoint) throws ConnectionException {
        try {
            return PlainTransport.connect(endpoint, settings.connectTimeout());
        } catch (UnknownHostException e) {
            throw new ConnectionException(Reason.UNAVAILABLE, "the host " + endpoint.host() + " is unknown", e);
        } catch (SocketTimeoutException e) {
            throw new ConnectionException(
                    Reason.TIMEOUT, "no connection to " + endpoint + " within " + settings.connectTimeout(), e);
        } catch (ConnectException e) {
            throw new ConnectionException(Reason.UNAVAILABLE, "nobody answers at " + endpoint, e);
        } catch (IOException e) {
            throw new ConnectionException(
                    Reason.UNAVAILABLE, "no connection to " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private Session start(Endpoint endpoint, PlainTransport plain, Activity starting)
            throws IOException, MalformedMessage, ConnectionException, InterruptedException {
        FrameReader reader = new FrameReader(plain, START_BUFFER_BYTES, starting::progress, counters);
        Handshake.Result result = new Handshake(settings, endpoint, plain, reader).perform();
        String name = endpoint + " #" + number.incrementAndGet();
        AtomicReference<Connection> self = new AtomicReference<>();
        Activity activity = new Activity(() -> {
            Connection connection = self.get();
            if (connection != null) {
                connection.abort(Reason.TIMEOUT, "the server " + name + " is silent for " + settings.readTimeout());
            }
        });
        Transport transport = result.transport();
        FrameReader replies = new FrameReader(transport, FrameReader.BUFFER_BYTES, activity::progress, counters);
        Connection connection = new Connection(name, transport, replies, activity, counters);
        self.set(connection);
        starting.end();
        watchdog.watch(activity);
        connection.start();
        boolean loggedIn = false;
        try {
            login.login(connection, result.version().encrypted());
            loggedIn = true;
        } finally {
            if (!loggedIn) {
                watchdog.forget(activity);
                connection.abort(Reason.UNAVAILABLE, "login failed");
            }
        }
        counters.connectionOpened();
        log.debug("opened {}: {}", connection, result.version());
        return new Session(connection, activity, result.version());
    }

    private static ConnectionException failure(Endpoint endpoint, Exception e, String silence) {
        if (silence != null) {
            return new ConnectionException(Reason.TIMEOUT, endpoint + ": " + silence + " while connecting", e);
        }
        return switch (e) {
            case SSLException ssl ->
                new ConnectionException(
                        Reason.LOGIN_REFUSED,
                        "TLS with " + endpoint + " failed: " + ssl.getMessage()
                                + " (irods_ssl_ca_certificate_file, irods_ssl_verify_server)",
                        ssl);
            case EOFException eof ->
                new ConnectionException(
                        Reason.UNAVAILABLE, endpoint + " closed the connection before it was established", eof);
            case IOException io ->
                new ConnectionException(
                        Reason.UNAVAILABLE, endpoint + ": the connection broke at its start: " + io.getMessage(), io);
            default ->
                new ConnectionException(Reason.CORRUPT, endpoint + " does not speak iRODS: " + e.getMessage(), e);
        };
    }
}
