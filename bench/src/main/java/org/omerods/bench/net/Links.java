package org.omerods.bench.net;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the network for a round-trip time. */
public final class Links {
    private static final Logger log = LoggerFactory.getLogger(Links.class);

    private Links() {}

    /**
     * Loopback for no delay at all; else the forwarder, or the proxy where the forwarder cannot be had.
     *
     * @param kind {@code auto}, {@code tun} or {@code proxy}
     */
    public static Link open(Duration roundTrip, String kind) throws IOException, InterruptedException {
        if (roundTrip.isZero()) {
            return new LoopbackLink();
        }
        LinkShape shape = LinkShape.of(roundTrip);
        return switch (kind) {
            case "tun" -> TunLink.open(shape);
            case "proxy" -> ProxyLink.open(shape);
            case "auto" -> tunOrProxy(shape);
            default -> throw new IllegalArgumentException("--link is auto, tun or proxy, not " + kind);
        };
    }

    private static Link tunOrProxy(LinkShape shape) throws IOException, InterruptedException {
        try {
            return TunLink.open(shape);
        } catch (IOException e) {
            log.warn("no IP-level forwarder ({}); a TCP proxy delays instead and hides slow start", e.getMessage());
            return ProxyLink.open(shape);
        }
    }
}
