package org.omerods.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that the process of a mount carries out. */
class ControlServerTest {
    private static final Path POINT = Path.of("/mnt/slides");

    @TempDir
    private Path scratch;

    private StateFolder folder() throws IOException {
        return StateFolder.open(Map.of("OMERODS_STATE_DIR", scratch.toString()));
    }

    private JsonNode ask(Object request, List<Long> progress) throws IOException {
        return ControlServer.ask(
                folder(),
                POINT,
                request,
                told -> progress.add(told.get("doneBytes").asLong()));
    }

    @Test
    void whoAsksGetsProgressAndTheAnswer() throws Exception {
        try (ControlServer _ = ControlServer.start(folder(), POINT, (request, tell) -> {
            tell.tell(Map.of("doneBytes", 1));
            tell.tell(Map.of("doneBytes", 2));
            return Map.of("asked", request.get("operation").asText());
        })) {
            List<Long> progress = new ArrayList<>();
            JsonNode answer = ask(Map.of("operation", "warm"), progress);
            assertThat(progress).containsExactly(1L, 2L);
            assertThat(answer.get("asked").asText()).isEqualTo("warm");
        }
    }

    @Test
    void aFailureReachesWhoAskedWithItsMessageAndTheServerGoesOn() throws Exception {
        try (ControlServer _ = ControlServer.start(folder(), POINT, (_, _) -> {
            throw new IOException("stat /x: does not exist");
        })) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> ask(Map.of("operation", "warm"), new ArrayList<>()))
                        .isInstanceOf(IOException.class)
                        .hasMessage("stat /x: does not exist");
            }
        }
    }

    @Test
    void theWorkEndsWhenWhoAskedHangsUp() throws Exception {
        CompletableFuture<IOException> noticed = new CompletableFuture<>();
        try (ControlServer _ = ControlServer.start(folder(), POINT, (_, tell) -> {
            try {
                while (true) {
                    tell.tell(Map.of("doneBytes", 1));
                }
            } catch (IOException e) {
                noticed.complete(e);
                throw e;
            }
        })) {
            Path socket = folder().file(POINT, ControlServer.SUFFIX);
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                client.write(ByteBuffer.wrap("{}\n".getBytes(StandardCharsets.UTF_8)));
                assertThat(client.read(ByteBuffer.allocate(100))).isPositive();
            }
            assertThat(noticed.get(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void nobodyAnswersForAMountThatIsGone() throws Exception {
        ControlServer.start(folder(), POINT, (_, _) -> Map.of()).close();
        assertThatThrownBy(() -> ask(Map.of(), new ArrayList<>())).isInstanceOf(IOException.class);
    }
}
