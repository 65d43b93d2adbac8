package org.omerods.storage.irods;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.StoragePath;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** An embedded zone for each test, and storages that are closed after it. */
abstract class ZoneTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    Path directory;

    EmbeddedZone zone;
    IrodsStorage storage;
    final StoragePath home = StoragePath.of("/tempZone/home/rods");

    @BeforeEach
    final void startZone() throws IOException {
        zone = EmbeddedZone.start(
                options(ZoneOptions.inDirectory(directory.resolve("zone" + NUMBER.incrementAndGet()))));
        storage = IrodsStorage.connect(config().build());
    }

    @AfterEach
    final void stopZone() {
        storage.close();
        // A connection that was being made while the storage closed still comes and goes.
        Awaitility.await().until(() -> zone.statistics().connectionsOpen() == 0);
        zone.close();
    }

    /** For tests that need another zone. */
    ZoneOptions options(ZoneOptions options) throws IOException {
        return options;
    }

    IrodsConfig.Builder config() {
        return ZoneLogin.of(zone).readTimeout(Duration.ofSeconds(20));
    }
}
