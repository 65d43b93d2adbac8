package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.NegotiationPolicy;
import org.omerods.storage.irods.session.Secret;
import org.omerods.storage.testing.StorageContractTest;
import org.omerods.storage.testing.ZoneLogin;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.TlsPolicy;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.ZoneTls;

/** The contract once more: over TLS with a checked certificate, logged in by PAM. */
class IrodsEncryptedContractTest extends StorageContractTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EmbeddedZone zone;

    private StoragePath base = StoragePath.ROOT;

    @BeforeAll
    static void startZone() throws IOException {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory).withTls(ZoneTls.selfSigned(TlsPolicy.REQUIRE)));
    }

    @AfterAll
    static void stopZone() {
        zone.close();
    }

    private static IrodsConfig.Builder config() {
        return ZoneLogin.of(zone)
                .scheme(AuthenticationScheme.PAM_PASSWORD)
                .tlsPolicy(NegotiationPolicy.CS_NEG_REQUIRE)
                .certificateAuthorities(zone.certificate().orElseThrow());
    }

    @Override
    protected Storage open() throws Exception {
        Storage opened = IrodsStorage.connect(config().build());
        base = StoragePath.of("/tempZone/home/rods/encrypted" + NUMBER.incrementAndGet());
        opened.createCollection(base);
        return opened;
    }

    @Override
    protected StoragePath base() {
        return base;
    }

    @Test
    void theSessionIsEncrypted() throws Exception {
        try (IrodsStorage encrypted = IrodsStorage.connect(config().build())) {
            assertThat(encrypted.checkLogin().encrypted()).isTrue();
        }
    }

    @Test
    void aWrongPamPasswordIsRefused() throws Exception {
        try (IrodsStorage refused =
                IrodsStorage.connect(config().password(Secret.of("wrong")).build())) {
            assertThat(catchThrowableOfType(StorageException.class, refused::checkLogin)
                            .reason())
                    .isEqualTo(Reason.LOGIN_REFUSED);
        }
    }

    @Test
    void aClientThatRefusesTlsIsToldWhy() throws Exception {
        try (IrodsStorage refused = IrodsStorage.connect(
                ZoneLogin.of(zone).tlsPolicy(NegotiationPolicy.CS_NEG_REFUSE).build())) {
            StorageException e = catchThrowableOfType(StorageException.class, refused::checkLogin);
            assertThat(e.reason()).isEqualTo(Reason.LOGIN_REFUSED);
            assertThat(e).hasMessageContaining("CS_NEG_REQUIRE").hasMessageContaining("CS_NEG_REFUSE");
        }
    }
}
