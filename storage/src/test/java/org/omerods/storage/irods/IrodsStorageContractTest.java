package org.omerods.storage.irods;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.testing.StorageContractTest;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;

/** The contract over TCP with native authentication, against the embedded zone. */
class IrodsStorageContractTest extends StorageContractTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EmbeddedZone zone;

    private StoragePath base = StoragePath.ROOT;

    @BeforeAll
    static void startZone() throws IOException {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
    }

    @AfterAll
    static void stopZone() {
        zone.close();
    }

    @Override
    protected Storage open() throws Exception {
        Storage opened = IrodsStorage.connect(ZoneLogin.of(zone)
                .modeAttribute(IrodsConfig.DEFAULT_MODE_ATTRIBUTE)
                .build());
        base = StoragePath.of("/tempZone/home/rods/contract" + NUMBER.incrementAndGet());
        opened.createCollection(base);
        return opened;
    }

    @Override
    protected StoragePath base() {
        return base;
    }

    @Override
    protected boolean keepsPermissions() {
        return true;
    }
}
