package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.decorate.ForwardingStorage;
import org.omerods.storage.testing.ForwardingReader;

/** Caches of several users over the same block files. */
class SharedBytesTest {
    private static final int BLOCK = 4096;
    private static final int EXTENT = 16 * BLOCK;

    @TempDir
    Path directory;

    private final GeneratedStorage place = new GeneratedStorage();
    private final TestTicker ticker = new TestTicker();
    private final User alice = new User(place);
    private final User bob = new User(place);
    private final List<DataObject> staleForBob = new CopyOnWriteArrayList<>();
    private BlockStore store;
    private BlockCache ofAlice;
    private BlockCache ofBob;

    /** The place with the rights of somebody, as it decides when an object is opened; counts what he fetches. */
    private static final class User extends ForwardingStorage {
        private volatile boolean allowed = true;
        private volatile boolean hidden;
        private final AtomicLong fetchedBytes = new AtomicLong();

        User(Storage place) {
            super(place);
        }

        long fetched() {
            return fetchedBytes.get();
        }

        @Override
        public ObjectReader open(DataObject object) throws StorageException {
            boolean opens = allowed;
            return new ForwardingReader(delegate.open(object)) {
                @Override
                public void read(long offset, ByteBuffer target, Priority priority) throws StorageException {
                    if (hidden) {
                        throw new StorageException(
                                Reason.NOT_FOUND, "open", object.path().value(), "does not exist");
                    }
                    if (!opens) {
                        throw new StorageException(
                                Reason.ACCESS_DENIED, "open", object.path().value(), "no permission");
                    }
                    fetchedBytes.addAndGet(target.remaining());
                    super.read(offset, target, priority);
                }
            };
        }
    }

    @BeforeEach
    void open() throws IOException {
        BlockCacheConfig config = new BlockCacheConfig(directory, 1000L * BLOCK, BLOCK, EXTENT, 4);
        store = BlockStore.open(config, PrefetchConfig.OFF, ticker);
        ofAlice = store.cacheOfUser(alice, _ -> {});
        ofBob = store.cacheOfUser(bob, staleForBob::add);
    }

    @AfterEach
    void close() {
        ofAlice.close();
        ofBob.close();
        store.close();
    }

    private void readAndCheck(CachedObject object, long offset, int length) throws StorageException {
        BlockSlice slice = object.read(offset, length);
        byte[] bytes = slice.bytes().toArray(ValueLayout.JAVA_BYTE);
        assertThat(bytes).isEqualTo(GeneratedStorage.bytes(place.seedOf(object.object()), offset, length));
        slice.release();
    }

    private void assertRefused(CachedObject object, Reason reason) {
        assertThat(object.readIfPresent(0, BLOCK)).isEmpty();
        assertThatThrownBy(() -> object.read(0, BLOCK))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(object.complete()).isEmpty();
    }

    @Test
    void whatOneUserFetchedIsNotFetchedForTheNext() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject opened = ofAlice.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        try (CachedObject opened = ofBob.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
            assertThat(bob.fetched()).as("the byte for which he had to open it").isEqualTo(1);
            assertThat(opened.readIfPresent(BLOCK, BLOCK)).hasValueSatisfying(BlockSlice::release);
            readAndCheck(opened, 0, BLOCK);
            assertThat(bob.fetched()).isEqualTo(1);
        }
        assertThat(store.statistics().cachedBytes()).isEqualTo(8 * BLOCK);
    }

    @Test
    void nobodyGetsBytesOfAnotherUserThatThePlaceDoesNotGiveHim() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        bob.allowed = false;
        try (CachedObject first = ofAlice.open(object);
                CachedObject second = ofBob.open(object)) {
            readAndCheck(first, 0, 8 * BLOCK);
            assertRefused(second, Reason.ACCESS_DENIED);
            readAndCheck(first, 0, 8 * BLOCK);
        }
    }

    @Test
    void aPermissionIsAskedAnewWhenTheObjectWasClosedAtThePlace() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject opened = ofBob.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        bob.allowed = false;
        ticker.advance(Resting.LONGEST.plus(Duration.ofSeconds(1)));
        ofBob.open(place.object("/b", BLOCK)).close();
        await().until(() -> !place.calls("close").isEmpty());
        try (CachedObject opened = ofBob.open(object)) {
            assertRefused(opened, Reason.ACCESS_DENIED);
        }
    }

    @Test
    void whoReadsForHimselfNeedNotAskBesides() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject first = ofAlice.open(object);
                CachedObject second = ofBob.open(object)) {
            readAndCheck(first, 0, 4 * BLOCK);
            readAndCheck(second, 4 * BLOCK, 4 * BLOCK);
            readAndCheck(second, 0, 8 * BLOCK);
        }
        assertThat(alice.fetched()).isEqualTo(4 * BLOCK);
        assertThat(bob.fetched()).isEqualTo(4 * BLOCK);
    }

    @Test
    void aReplacedVersionIsFoundByEachUserForHimself() throws Exception {
        DataObject old = place.object("/a", 8 * BLOCK);
        try (CachedObject first = ofAlice.open(old);
                CachedObject second = ofBob.open(old)) {
            readAndCheck(second, 0, BLOCK);
            BlockSlice here = second.readIfPresent(0, BLOCK).orElseThrow();
            DataObject now = place.object("/a", 8 * BLOCK);
            assertThatThrownBy(() -> first.read(4 * BLOCK, BLOCK))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALE));
            here.release();
            assertThat(second.readIfPresent(0, BLOCK))
                    .as("as always: bytes that are here serve who has that version open")
                    .hasValueSatisfying(BlockSlice::release);
            assertThatThrownBy(() -> second.read(6 * BLOCK, BLOCK))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STALE));
            assertThat(staleForBob).containsExactly(old);
            assertThat(second.readIfPresent(0, BLOCK)).as("not any more").isEmpty();
            try (CachedObject again = ofBob.open(now)) {
                readAndCheck(again, 6 * BLOCK, BLOCK);
            }
        }
    }

    @Test
    void whoMayNotSeeAnObjectTakesItsBytesFromNobody() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject first = ofAlice.open(object)) {
            readAndCheck(first, 0, 8 * BLOCK);
        }
        bob.hidden = true;
        try (CachedObject second = ofBob.open(object)) {
            assertRefused(second, Reason.STALE);
        }
        long before = alice.fetched();
        try (CachedObject first = ofAlice.open(object)) {
            readAndCheck(first, 0, 8 * BLOCK);
        }
        assertThat(alice.fetched()).isEqualTo(before);
    }

    @Test
    void whatOneUserHasNoUseForAnyMoreStaysForTheOthers() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject second = ofBob.open(object)) {
            try (CachedObject first = ofAlice.open(object)) {
                readAndCheck(first, 0, 8 * BLOCK);
            }
            ofAlice.discard(object);
            readAndCheck(second, 0, 8 * BLOCK);
            assertThat(bob.fetched()).isEqualTo(1);
        }
        ofBob.discard(object);
        assertThat(store.statistics().cachedBytes()).as("nobody is left").isZero();
    }

    @Test
    void theBytesOfAUserWhoLeftAreThereForWhoComes() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject opened = ofAlice.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        ofAlice.close();
        try (CachedObject opened = ofBob.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        assertThat(bob.fetched()).isEqualTo(1);
    }

    @Test
    void allUsersTogetherKeepNoMoreFilesThanOne() throws Exception {
        for (int i = 0; i < 10; i++) {
            DataObject object = place.object("/" + i, BLOCK);
            try (CachedObject opened = (i % 2 == 0 ? ofAlice : ofBob).open(object)) {
                readAndCheck(opened, 0, BLOCK);
            }
        }
        assertThat(store.files().size()).isLessThanOrEqualTo(5);
        try (CachedObject opened = ofAlice.open(place.object("/last", BLOCK))) {
            readAndCheck(opened, 0, BLOCK);
        }
        assertThat(store.files().size()).isLessThanOrEqualTo(5);
    }

    @Test
    void aLaterProcessAsksForEachUserToo() throws Exception {
        DataObject object = place.object("/a", 8 * BLOCK);
        try (CachedObject opened = ofAlice.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        close();
        alice.allowed = false;
        open();
        try (CachedObject opened = ofAlice.open(object)) {
            assertRefused(opened, Reason.ACCESS_DENIED);
        }
        try (CachedObject opened = ofBob.open(object)) {
            readAndCheck(opened, 0, 8 * BLOCK);
        }
        assertThat(bob.fetched()).isEqualTo(1);
    }
}
