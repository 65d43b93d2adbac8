package org.omerods.bench.net;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An IP-level forwarder between this namespace and one of the server's own, over two tun interfaces. The kernel's TCP runs
 * over it unchanged, so windows, slow start and losses are real. Needs root.
 */
public final class TunLink implements Link {
    /** Of RFC 2544, for measurements of networks: in use nowhere else. */
    private static final String NETWORK = "198.18.";

    /** As Ethernet has it: the slow start counts segments of this size. */
    private static final String MTU = "1500";

    private static final String QUEUE_LENGTH = "1000";

    private final Namespace namespace;
    private final TunDevice near;
    private final TunDevice far;
    private final DelayPipe toServer;
    private final DelayPipe toClient;
    private final String serverAddress;
    private int port;

    private TunLink(Namespace namespace, TunDevice near, TunDevice far, LinkShape shape, String serverAddress) {
        this.namespace = namespace;
        this.near = near;
        this.far = far;
        this.toServer = new DelayPipe(near, far, shape);
        this.toClient = new DelayPipe(far, near, shape);
        this.serverAddress = serverAddress;
    }

    /** @throws IOException when this user may not; nothing is left behind then */
    public static TunLink open(LinkShape shape) throws IOException, InterruptedException {
        long pid = ProcessHandle.current().pid();
        String subnet = NETWORK + pid % 256 + ".";
        String client = subnet + "1";
        String server = subnet + "2";
        Namespace namespace = Namespace.create();
        TunDevice near = null;
        TunDevice far = null;
        try {
            near = TunDevice.open("ob" + pid + "c");
            far = TunDevice.open("ob" + pid + "s");
            namespace.take(far.name());
            for (List<String> command : configuration(near.name(), client, server)) {
                Namespace.runHere(command);
            }
            for (List<String> command : configuration(far.name(), server, client)) {
                namespace.run(command);
            }
        } catch (IOException | InterruptedException e) {
            if (near != null) {
                near.close();
            }
            if (far != null) {
                far.close();
            }
            namespace.close();
            throw e;
        }
        TunLink link = new TunLink(namespace, near, far, shape, server);
        link.toServer.start();
        link.toClient.start();
        return link;
    }

    private static List<List<String>> configuration(String device, String address, String peer) {
        return List.of(
                List.of("ip", "address", "add", address, "peer", peer, "dev", device),
                List.of("ip", "link", "set", device, "mtu", MTU, "txqueuelen", QUEUE_LENGTH, "up"));
    }

    @Override
    public Kind kind() {
        return Kind.TUN;
    }

    @Override
    public List<String> serverSide(List<String> command) {
        return namespace.inside(command);
    }

    @Override
    public String serverAddress() {
        return serverAddress;
    }

    @Override
    public String connectTo(int serverPort) {
        port = serverPort;
        return serverAddress;
    }

    @Override
    public int clientPort() {
        return port;
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of(
                "packets", toServer.packets() + toClient.packets(),
                "dropped", toServer.dropped() + toClient.dropped());
    }

    @Override
    public void close() {
        toServer.close();
        toClient.close();
        near.close();
        far.close();
        namespace.close();
    }
}
