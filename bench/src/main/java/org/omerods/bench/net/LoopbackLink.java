package org.omerods.bench.net;

import java.util.List;
import java.util.Map;

/** No network but the kernel's own. */
public final class LoopbackLink implements Link {
    private int port;

    @Override
    public Kind kind() {
        return Kind.LOOPBACK;
    }

    @Override
    public List<String> serverSide(List<String> command) {
        return command;
    }

    @Override
    public String serverAddress() {
        return "127.0.0.1";
    }

    @Override
    public String connectTo(int serverPort) {
        port = serverPort;
        return serverAddress();
    }

    @Override
    public int clientPort() {
        return port;
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of();
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
