package org.omerods.omero.avu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.mapping.Mapper;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.model.ServerIdentity;
import org.omerods.omero.testing.FaultyAvus;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

/** The look through the digests beside the reading of the database. */
@Timeout(30)
class DigestScanTest {
    private static final StoragePath SLIDE = StoragePath.of("/tempZone/slide.ndpi");
    private static final Mapper MAPPER = mapper("0f1e2d3c-4b5a-4978-8877-665544332211");
    private static final Mapper OTHER = mapper("11111111-2222-4333-8444-555555555555");

    private final MemoryStorage storage = new MemoryStorage();
    private final FaultyAvus avus = new FaultyAvus(storage.avus());
    private final ConcurrentMap<StoragePath, Expectation> objects = new ConcurrentHashMap<>();
    // Opened, never asked: a scan reads no database.
    private final OmeroDatabase database =
            OmeroDatabase.open(DatabaseConfig.of("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""));
    private final Mirror mirror = new Mirror(database, MAPPER, file -> Optional.empty(), avus);

    private static Mapper mapper(String uuid) {
        return new Mapper(
                new ServerIdentity(UUID.fromString(uuid), ServerIdentity.DEFAULT_AUTHORITY), MirrorPolicy.DEFAULT);
    }

    @BeforeEach
    void create() throws StorageException {
        storage.createCollection(SLIDE.parent());
        storage.write(SLIDE, Storage.WriteMode.CREATE).commit();
    }

    @AfterEach
    void end() {
        database.close();
    }

    private void carries(Avu avu) throws StorageException {
        storage.avus().apply(SLIDE, List.of(new Operation.Add(avu)));
    }

    private static Avu digest(Mapper mapper, long fileset) {
        return new Avu(mapper.digestAttribute(), "0000000000000007", mapper.filesetLsid(fileset));
    }

    @Test
    void aDigestOfOursIsSeenWithTheFilesetThatItNames() throws Exception {
        carries(digest(MAPPER, 42));
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, objects)) {
            scan.await();
        }
        assertThat(objects).containsOnlyKeys(SLIDE);
        assertThat(objects.get(SLIDE)).isNotNull().satisfies(seen -> {
            assertThat(seen.digestFileset()).isEqualTo(42);
            assertThat(seen.isBare()).isFalse();
            assertThat(seen.isLeftover()).isTrue();
        });
    }

    @Test
    void whatWasExpectedAlreadyIsKept() throws Exception {
        carries(digest(MAPPER, 42));
        Expectation expectation = new Expectation();
        objects.put(SLIDE, expectation);
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, objects)) {
            scan.await();
        }
        assertThat(objects.get(SLIDE)).isSameAs(expectation);
        assertThat(expectation.digestFileset()).isEqualTo(42);
    }

    @Test
    void digestsOfOtherServersAndAttributesThatBeginLikeOneAreNotOurs() throws Exception {
        carries(digest(OTHER, 42));
        carries(new Avu(MAPPER.digestAttribute() + "ive", "7", MAPPER.filesetLsid(42)));
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, objects)) {
            scan.await();
        }
        assertThat(objects).isEmpty();
    }

    @Test
    void aZoneThatIsAwayIsToldToTheOneWhoWaits() {
        avus.failAfter(0);
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, objects)) {
            assertThatThrownBy(scan::await)
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
    }

    @Test
    void closingEndsAScanThatIsUnderWay() throws Exception {
        carries(digest(MAPPER, 42));
        Blocking blocking = new Blocking();
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, blocking)) {
            assertThat(scan).isNotNull();
            blocking.reached.await();
        }
        assertThat(blocking.ended.getCount()).isZero();
    }

    @Test
    void whoIsInterruptedWhileHeWaitsIsToldSo() throws Exception {
        carries(digest(MAPPER, 42));
        try (DigestScan scan = DigestScan.start(mirror, avus, StoragePath.ROOT, new Blocking())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(scan::await)
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Whoever changes an entry waits until he is interrupted. */
    private static final class Blocking extends ConcurrentHashMap<StoragePath, Expectation> {
        private static final long serialVersionUID = 1;

        final transient CountDownLatch reached = new CountDownLatch(1);
        final transient CountDownLatch ended = new CountDownLatch(1);

        @Override
        public Expectation compute(
                StoragePath key, BiFunction<? super StoragePath, ? super Expectation, ? extends Expectation> change) {
            reached.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                ended.countDown();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
