package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.session.AuthenticationScheme;
import org.omerods.storage.irods.session.Secret;

/** Whose rights count: users, administrators for others, nobody. */
class IrodsAccountsTest extends ZoneTest {
    private final StoragePath homeOfAlice = StoragePath.of("/tempZone/home/alice");

    private IrodsStorage connect(IrodsConfig config) {
        return IrodsStorage.connect(config);
    }

    @Test
    void aProxyActsWithTheRightsOfTheUser() throws Exception {
        try (IrodsStorage proxied =
                connect(config().user("alice").proxyUser("rods").build())) {
            try (ObjectWriter writer = proxied.write(homeOfAlice.child("a"), WriteMode.CREATE)) {
                writer.write(0, ByteBuffer.wrap(new byte[] {1}));
                assertThat(writer.commit().owner()).isEqualTo("alice");
            }
            assertThat(catchThrowableOfType(
                                    StorageException.class,
                                    () -> proxied.write(home.child("b"), WriteMode.CREATE)
                                            .close())
                            .reason())
                    .isIn(Reason.NOT_FOUND, Reason.ACCESS_DENIED);
        }
    }

    @Test
    void aPlainUserIsNoProxy() throws Exception {
        try (IrodsStorage refused = connect(config().user("rods")
                .proxyUser("alice")
                .password(Secret.of("alicepass"))
                .build())) {
            assertThat(catchThrowableOfType(StorageException.class, refused::checkLogin)
                            .reason())
                    .isEqualTo(Reason.LOGIN_REFUSED);
        }
    }

    @Test
    void aUserSeesWhatHeMayRead() throws Exception {
        try (ObjectWriter writer = storage.write(home.child("private"), WriteMode.CREATE)) {
            writer.commit();
        }
        try (IrodsStorage alice =
                connect(config().user("alice").password(Secret.of("alicepass")).build())) {
            assertThat(alice.list(homeOfAlice).entries()).isEmpty();
            assertThat(catchThrowableOfType(StorageException.class, () -> alice.stat(home.child("private")))
                            .reason())
                    .isEqualTo(Reason.NOT_FOUND);
        }
    }

    @Test
    void anUnknownAnonymousIsRefused() throws Exception {
        IrodsConfig config = config().user("")
                .scheme(AuthenticationScheme.ANONYMOUS)
                .password(Secret.NONE)
                .build();
        try (IrodsStorage anonymous = connect(config)) {
            assertThat(catchThrowableOfType(StorageException.class, anonymous::checkLogin)
                            .reason())
                    .isEqualTo(Reason.LOGIN_REFUSED);
        }
    }

    @Test
    void anObjectThatIsBeingWrittenIsNotGoodForOthers() throws Exception {
        StoragePath path = home.child("locked");
        try (ObjectWriter writer = storage.write(path, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(new byte[] {1}));
            DataObject half = (DataObject) storage.stat(path);
            assertThat(catchThrowableOfType(StorageException.class, () -> storage.open(half))
                            .reason())
                    .isEqualTo(Reason.NO_GOOD_REPLICA);
            assertThat(catchThrowableOfType(
                                    StorageException.class,
                                    () -> storage.write(path, WriteMode.REPLACE).close())
                            .reason())
                    .isEqualTo(Reason.LOCKED);
            assertThat(catchThrowableOfType(StorageException.class, () -> storage.rename(path, home.child("x")))
                            .reason())
                    .isEqualTo(Reason.LOCKED);
            writer.commit();
        }
        storage.open((DataObject) storage.stat(path)).close();
    }

    @Test
    void whatALostWriterLeftIsStaleAndIsReadOnlyWhenAllowed() throws Exception {
        StoragePath path = home.child("lost");
        ObjectWriter writer = storage.write(path, WriteMode.CREATE);
        writer.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        zone.faults().killAgents();
        org.awaitility.Awaitility.await().until(() -> zone.statistics().connectionsOpen() == 0);
        assertThat(catchThrowableOfType(StorageException.class, writer::commit).reason())
                .isEqualTo(Reason.UNAVAILABLE);
        DataObject stale = (DataObject) storage.stat(path);
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.open(stale))
                        .reason())
                .isEqualTo(Reason.NO_GOOD_REPLICA);
        try (IrodsStorage lenient = connect(config().readStaleReplicas(true).build())) {
            org.awaitility.Awaitility.await()
                    .until(() -> ((DataObject) lenient.stat(path)).state() == org.omerods.storage.ReplicaState.STALE);
            DataObject object = (DataObject) lenient.stat(path);
            ByteBuffer target = ByteBuffer.allocate((int) object.size());
            try (var reader = lenient.open(object)) {
                reader.read(0, target, org.omerods.storage.ObjectReader.Priority.DEMAND);
            }
        }
    }
}
