package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sessions at once, and the locks between them. */
final class ConcurrencyTest {
    private static final String HOME = "/tempZone/home/rods";
    private static final int SESSIONS = 32;
    private static final int ROUNDS = 20;

    @TempDir
    Path directory;

    private EmbeddedZone zone;

    @BeforeEach
    void startZone() throws Exception {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
    }

    @AfterEach
    void stopZone() {
        zone.close();
    }

    @Test
    void sessionsDoNotDisturbEachOther() throws Exception {
        CountDownLatch ready = new CountDownLatch(SESSIONS);
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SESSIONS; i++) {
                int number = i;
                results.add(threads.submit(() -> session(number, ready)));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get(120, TimeUnit.SECONDS)).isTrue();
            }
        }
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            int count = client.query(SESSIONS * ROUNDS + 1, 0, List.of(501, 403), 501, "like '" + HOME + "/c%'")
                    .texts("value")
                    .size();
            assertThat(count).isEqualTo(2 * SESSIONS * ROUNDS);
        }
    }

    private boolean session(int number, CountDownLatch ready) throws Exception {
        try (RawClient client = RawClient.login(zone, "rods", "rods")) {
            ready.countDown();
            ready.await();
            String collection = HOME + "/c" + number;
            assertThat(client.makeCollection(collection)).isZero();
            for (int round = 0; round < ROUNDS; round++) {
                String path = collection + "/o" + round;
                byte[] content = (path + " content").getBytes(UTF_8);
                assertThat(client.put(path, content)).isZero();
                int descriptor = client.open(path, 0);
                assertThat(client.read(descriptor, 1000).bytes()).isEqualTo(content);
                assertThat(client.closeObject(descriptor)).isZero();
            }
            return true;
        }
    }

    @Test
    void objectIsLockedWhileItIsWritten() throws Exception {
        try (RawClient writer = RawClient.login(zone, "rods", "rods");
                RawClient reader = RawClient.login(zone, "rods", "rods")) {
            int descriptor = writer.open(HOME + "/locked", 65);
            assertThat(reader.open(HOME + "/locked", 0)).isEqualTo(-1_803_000);
            assertThat(reader.open(HOME + "/locked", 1)).isEqualTo(-1_803_000);
            assertThat(reader.stat(HOME + "/locked").status()).isEqualTo(1);
            assertThat(writer.closeObject(descriptor)).isZero();
            assertThat(reader.open(HOME + "/locked", 0)).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void readerKeepsARemovedObject() throws Exception {
        try (RawClient remover = RawClient.login(zone, "rods", "rods");
                RawClient reader = RawClient.login(zone, "rods", "rods")) {
            remover.put(HOME + "/gone", "still here".getBytes(UTF_8));
            int descriptor = reader.open(HOME + "/gone", 0);
            String force =
                    "<KeyValPair_PI><ssLen>1</ssLen><keyWord>forceFlag</keyWord><svalue></svalue></KeyValPair_PI>";
            assertThat(remover.call(615, RawClient.dataObject(HOME + "/gone", 0, 0, force))
                            .status())
                    .isZero();
            assertThat(reader.read(descriptor, 100).bytes()).isEqualTo("still here".getBytes(UTF_8));
        }
    }
}
