package org.omerods.bench.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProxyLinkTest {
    private static final Duration ROUND_TRIP = Duration.ofMillis(40);

    @Test
    void anAnswerTakesARoundTripAndIsWhole() throws Exception {
        byte[] sent = new byte[200_000];
        new java.util.Random(1).nextBytes(sent);
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
                ProxyLink link = ProxyLink.open(LinkShape.of(ROUND_TRIP))) {
            Thread echo = Thread.ofVirtual().start(() -> echo(server));
            String host = link.connectTo(server.getLocalPort());
            try (Socket client = new Socket(host, link.clientPort())) {
                long start = System.nanoTime();
                client.getOutputStream().write(sent);
                byte[] back = client.getInputStream().readNBytes(sent.length);
                long nanos = System.nanoTime() - start;

                assertThat(back).isEqualTo(sent);
                assertThat(Duration.ofNanos(nanos)).isGreaterThanOrEqualTo(ROUND_TRIP);
                assertThat(link.counters()).containsEntry("connections", 1L);
            }
            echo.join(Duration.ofSeconds(10));
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket socket = server.accept()) {
            long copied = socket.getInputStream().transferTo(socket.getOutputStream());
            assertThat(copied).isPositive();
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the client left
        }
    }
}
