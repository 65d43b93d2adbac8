package org.omerods.bench.net;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A network between the clients, in this process's namespace, and one server, which may be elsewhere. */
public interface Link extends AutoCloseable {

    /** What kind it is, for the results. */
    Kind kind();

    /** The command that runs {@code command} where the server is to be. */
    List<String> serverSide(List<String> command);

    /** The address on which the server is to listen. */
    String serverAddress();

    /** Tells on which port it listens; returns where clients find it. To be called once, before clients come. */
    String connectTo(int serverPort) throws IOException;

    /** The port of {@link #connectTo}, as clients see it. */
    int clientPort();

    /** What the network did: packets, drops. */
    Map<String, Long> counters();

    @Override
    void close();

    /** What stands between the two. */
    enum Kind {
        /** Nothing: loopback. */
        LOOPBACK,
        /** An IP-level forwarder: TCP has its real windows, slow start and losses. */
        TUN,
        /** A TCP proxy: delay and rate, but TCP itself sees loopback, so slow start and windows do not show. */
        PROXY
    }
}
