package org.omerods.omero.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WakeSocketTest {
    @TempDir
    private Path directory;

    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void theRightTokenWakesAndAWrongOneDoesNot() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");
        try (WakeSocket socket = WakeSocket.open(0, token, woken::incrementAndGet)) {
            send(socket, "omerods-wake wrong");
            send(socket, "omerods-wake s3cretx");
            send(socket, "x".repeat(2000));
            send(socket, "");
            send(socket, "omerods-wake s3cret");
            await().until(() -> woken.get() == 1);
        }
    }

    @Test
    void aListenerThatFailsIsCalledAgain() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cret");
        Runnable failing = () -> {
            woken.incrementAndGet();
            throw new IllegalStateException("not now");
        };
        try (WakeSocket socket = WakeSocket.open(0, token, failing)) {
            send(socket, "omerods-wake s3cret");
            await().until(() -> woken.get() == 1);
            send(socket, "omerods-wake s3cret");
            await().until(() -> woken.get() == 2);
        }
    }

    @Test
    void aTokenOrPortThatCannotBeUsedIsNamed() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> WakeSocket.open(0, empty, () -> {})).hasMessageContaining(empty.toString());
        Path token = Files.writeString(directory.resolve("token"), "s3cret");
        try (WakeSocket socket = WakeSocket.open(0, token, () -> {})) {
            assertThat(socket.port()).isPositive();
            assertThatThrownBy(() -> WakeSocket.open(socket.port(), token, () -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("omero.wake-port");
        }
    }

    private static void send(WakeSocket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), socket.port()));
        }
    }
}
