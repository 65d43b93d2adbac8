package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.omerods.fs.vfs.ReadingTest.assertFails;
import static org.omerods.fs.vfs.ReadingTest.expected;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.omerods.fs.vfs.Answer.Failed;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.testing.FaultyStorage;
import org.slf4j.LoggerFactory;

/** What happens when the storage fails, and after. */
class FailureTest {
    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();
    private final FaultyStorage faulty = new FaultyStorage(storage);
    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        storage.object("/a", 1_000_000);
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    private Mounted mount() throws Exception {
        return new Mounted(faulty, Mounted.config(directory));
    }

    private List<ILoggingEvent> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOT_FOUND", "STALE"})
    void aFailedReadTellsTheErrnoOfItsReasonAndTheNextOneSucceeds(Reason reason) throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            faulty.failNext("read", 1, reason);
            assertFails(ErrnoOfReason.of(reason), () -> mounted.client.read(file, 0, 4096));
            assertThat(mounted.client.read(file, 0, 4096)).isEqualTo(expected(1, 0, 4096));
        }
    }

    @Test
    void bytesWhoseVersionCouldNotBeCheckedAreNotKept() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            faulty.failNext("verify", 1, Reason.TIMEOUT);
            assertFails(Errno.EIO, () -> mounted.client.read(file, 0, 4096));
            assertThat(mounted.client.read(file, 0, 4096)).isEqualTo(expected(1, 0, 4096));
            assertThat(storage.calls("read")).hasSize(2);
        }
    }

    @Test
    void aDeadServerIsEioAndRecoversByItself() throws Exception {
        try (Mounted mounted = mount()) {
            OpenedFile file = mounted.client.open("a");
            faulty.failNext("read", 100, Reason.UNAVAILABLE);
            faulty.failNext("stat", 100, Reason.UNAVAILABLE);
            faulty.failNext("list", 100, Reason.UNAVAILABLE);
            for (int i = 0; i < 10; i++) {
                long offset = i * 4096L;
                assertFails(Errno.EIO, () -> mounted.client.read(file, offset, 4096));
                assertFails(Errno.EIO, () -> mounted.client.lookup(1, "b"));
                assertFails(Errno.EIO, () -> mounted.client.list(1, 10, false));
            }
            faulty.heal();
            assertThat(mounted.client.read(file, 0, 8192)).isEqualTo(expected(1, 0, 8192));
            assertThat(mounted.client.lookup(1, "b").attributes()).isNull();
            assertThat(mounted.client.list(1, 10, false)).hasSize(3);
        }
    }

    @Test
    void aDeadServerDoesNotFloodTheLog() throws Exception {
        try (Mounted mounted = mount()) {
            faulty.failNext("stat", 1000, Reason.UNAVAILABLE);
            for (int i = 0; i < 100; i++) {
                assertFails(Errno.EIO, () -> mounted.client.lookup(1, "a"));
            }
            assertThat(warnings()).hasSize(1);
            assertThat(warnings().getFirst().getFormattedMessage())
                    .contains("lookup a in inode 1", "EIO", "stat /a", "a planned fault", "omerods doctor");
            mounted.ticker.advance(FailureLog.QUIET);
            assertFails(Errno.EIO, () -> mounted.client.lookup(1, "a"));
            assertThat(warnings()).hasSize(2);
            assertThat(warnings().getLast().getFormattedMessage()).contains("99 more");
        }
    }

    @Test
    void whatProgramsExpectIsNoWarning() throws Exception {
        try (Mounted mounted = mount()) {
            mounted.client.lookup(1, "missing");
            faulty.failNext("stat", 1, Reason.ACCESS_DENIED);
            assertFails(Errno.EACCES, () -> mounted.client.lookup(1, "secret"));
            assertFails(
                    Errno.EROFS,
                    () -> mounted.client.open(mounted.client.walk("a").inode(), 1));
            assertThat(warnings()).isEmpty();
        }
    }

    @Test
    void aFaultInTheProgramIsEioAndAnErrorWithItsStack() throws Exception {
        ForwardingStorage broken = new ForwardingStorage(storage) {
            @Override
            public Entry stat(StoragePath path) {
                throw new IllegalStateException("a bug");
            }
        };
        try (Mounted mounted = new Mounted(broken, Mounted.config(directory))) {
            assertFails(Errno.EIO, () -> mounted.client.lookup(1, "a"));
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().getFirst().getLevel()).isEqualTo(Level.ERROR);
        assertThat(ThrowableProxyUtil.asString(warnings().getFirst().getThrowableProxy()))
                .contains("IllegalStateException: a bug");
    }

    @Test
    void aStaleReplicaIsNotServed() throws Exception {
        DataObject good = storage.object("/bad", 10);
        for (ReplicaState state : List.of(ReplicaState.STALE, ReplicaState.INTERMEDIATE)) {
            storage.put(new DataObject(
                    good.path(), good.version(), state, good.resource(), 1, good.owner(), good.created()));
            try (Mounted mounted = mount()) {
                Failed failed = catchThrowableOfType(Failed.class, () -> mounted.client.open("bad"));
                assertThat(failed.errno).isEqualTo(Errno.EIO);
            }
        }
    }

    @Test
    void moreHandlesThanTheBoundFailWithEmfile() throws Exception {
        HandleTable<String> table = new HandleTable<>(2);
        table.reserve();
        long first = table.put("one");
        table.reserve();
        table.put("two");
        ReadingTest.assertThrowsErrno(Errno.EMFILE, table::reserve);
        table.remove(first);
        table.remove(first);
        table.reserve();
        ReadingTest.assertThrowsErrno(Errno.EMFILE, table::reserve);
    }

    @Test
    void afterClosingEverythingIsEio() throws Exception {
        Mounted mounted = mount();
        OpenedFile file = mounted.client.open("a");
        mounted.client.read(file, 0, 4096);
        mounted.close();
        assertFails(Errno.EIO, () -> mounted.client.lookup(1, "b"));
        assertFails(Errno.EBADF, () -> mounted.client.read(file, 0, 4096));
    }
}
