package org.omerods.fs.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.GeneratedStorage;
import org.omerods.fs.vfs.HeldStorage;
import org.omerods.fs.vfs.TestTicker;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.testing.FaultyStorage;

/** What is remembered of the catalog, and for how long. */
class MetadataCacheTest {
    private static final StoragePath A = new StoragePath("/a");

    private final GeneratedStorage storage = new GeneratedStorage();
    private final FaultyStorage faulty = new FaultyStorage(storage);
    private final HeldStorage held = new HeldStorage(faulty);
    private final TestTicker ticker = new TestTicker();
    private final MetadataCache cache = new MetadataCache(held, MetadataCacheConfig.DEFAULTS, ticker);

    @AfterEach
    void close() {
        cache.close();
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void attributesAreBelievedForTheirTimeAndNoLonger() throws Exception {
        storage.object("/a", 1);
        cache.stat(A);
        ticker.advance(Duration.ofSeconds(59));
        cache.stat(A);
        assertThat(storage.calls("stat")).hasSize(1);
        ticker.advance(Duration.ofSeconds(2));
        cache.stat(A);
        assertThat(storage.calls("stat")).hasSize(2);
    }

    @Test
    void attributesForOpeningMustBeYounger() throws Exception {
        storage.object("/a", 1);
        cache.stat(A);
        ticker.advance(Duration.ofSeconds(5));
        cache.statForOpen(A);
        assertThat(storage.calls("stat")).hasSize(1);
        ticker.advance(Duration.ofSeconds(1));
        cache.statForOpen(A);
        assertThat(storage.calls("stat")).hasSize(2);
    }

    @Test
    void anAbsenceIsBelievedShortly() {
        assertFails(Reason.NOT_FOUND, () -> cache.stat(A));
        assertThat(cache.isKnownAbsent(A)).isTrue();
        ticker.advance(Duration.ofSeconds(6));
        assertThat(cache.isKnownAbsent(A)).isFalse();
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        storage.object("/a", 1);
        for (Reason reason : Reason.values()) {
            if (reason != Reason.NOT_FOUND) {
                faulty.failNext("stat", 1, reason);
                assertFails(reason, () -> cache.stat(A));
            }
        }
        assertThat(cache.stat(A).value().path()).isEqualTo(A);
        faulty.failNext("list", 1, Reason.TIMEOUT);
        assertFails(Reason.TIMEOUT, () -> cache.list(StoragePath.ROOT));
        assertThat(cache.list(StoragePath.ROOT).value().entries()).hasSize(1);
    }

    @Test
    void aListingTellsTheAttributesOfAllChildren() throws Exception {
        storage.object("/a", 1);
        storage.object("/b", 2);
        cache.list(StoragePath.ROOT);
        assertThat(cache.statIfKnown(A)).isPresent();
        assertThat(cache.stat(new StoragePath("/b")).value().id()).isPositive();
        assertThat(storage.calls()).containsExactly("list /");
    }

    @Test
    void aFreshListingTellsWhatIsMissing() throws Exception {
        storage.object("/a", 1);
        cache.list(StoragePath.ROOT);
        StoragePath missing = new StoragePath("/b");
        assertThat(cache.isKnownAbsent(missing)).isTrue();
        assertThat(cache.isKnownAbsent(A)).isFalse();
        ticker.advance(Duration.ofSeconds(6));
        assertThat(cache.isKnownAbsent(missing)).isFalse();
    }

    @Test
    void aListingIsBelievedForItsTime() throws Exception {
        cache.list(StoragePath.ROOT);
        ticker.advance(Duration.ofSeconds(29));
        cache.list(StoragePath.ROOT);
        ticker.advance(Duration.ofSeconds(2));
        cache.list(StoragePath.ROOT);
        assertThat(storage.calls("list")).hasSize(2);
    }

    @Test
    void anAnswerThatRacedAnInvalidationIsNotKept() throws Exception {
        storage.object("/a", 1);
        held.hold("list");
        CompletableFuture<Void> listing = CompletableFuture.runAsync(() -> {
            try {
                cache.list(StoragePath.ROOT);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> held.waiting() == 1);
        storage.object("/a", 2);
        cache.invalidate(A);
        held.letGo();
        listing.join();
        assertThat(cache.statIfKnown(A)).isEmpty();
        assertThat(cache.listIfKnown(StoragePath.ROOT)).isEmpty();
    }

    @Test
    void aSlowListingDoesNotBringOlderAttributesBack() throws Exception {
        storage.object("/a", 1);
        held.hold("list");
        CompletableFuture<Void> listing = CompletableFuture.runAsync(() -> {
            try {
                cache.list(StoragePath.ROOT);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> held.waiting() == 1);
        DataObject changed = storage.object("/a", 2);
        ticker.advance(Duration.ofSeconds(1));
        cache.stat(A);
        held.letGo();
        listing.join();
        assertThat(cache.stat(A).value()).isEqualTo(changed);
    }

    @Test
    void invalidatingForgetsThePathAndItsParentsListing() throws Exception {
        storage.object("/a", 1);
        cache.list(StoragePath.ROOT);
        cache.invalidate(A);
        cache.stat(A);
        cache.list(StoragePath.ROOT);
        assertThat(storage.calls()).containsExactly("list /", "stat /a", "list /");
    }

    @Test
    void whatIsLeftOfTheTimeIsNeverNegative() throws Exception {
        storage.object("/a", 1);
        Known<?> known = cache.stat(A);
        ticker.advance(Duration.ofSeconds(20));
        assertThat(cache.remaining(known)).isEqualTo(Duration.ofSeconds(40));
        ticker.advance(Duration.ofMinutes(10));
        assertThat(cache.remaining(known)).isZero();
    }

    private void makeFiles(int count) {
        storage.directory("/many");
        for (int i = 0; i < count; i++) {
            storage.object("/many/" + i, 1);
        }
    }

    private void openAll(int from, int to) throws StorageException {
        for (int i = from; i < to; i++) {
            cache.statForOpen(new StoragePath("/many/" + i));
        }
    }

    @Test
    void whereManyFilesAreOpenedOneAfterTheOtherTheirDirectoryIsListedInPlaceOfAskingForEach() throws Exception {
        makeFiles(200);
        cache.list(new StoragePath("/many"));
        ticker.advance(Duration.ofSeconds(20)); // too old to open by
        storage.forgetCalls();
        openAll(0, 3);
        await().until(() ->
                cache.statForOpenIfKnown(new StoragePath("/many/199")).isPresent());
        openAll(3, 200);
        assertThat(storage.calls("stat")).hasSize(3);
        assertThat(storage.calls("list")).hasSize(1);
    }

    @Test
    void aLargeDirectoryIsListedOnlyWhenThatCostsNoMoreThanWhatWasAsked() throws Exception {
        makeFiles(5120); // the time of 20 questions
        cache.list(new StoragePath("/many"));
        ticker.advance(Duration.ofSeconds(20));
        storage.forgetCalls();
        openAll(0, 22);
        assertThat(storage.calls("list")).isEmpty();
        openAll(22, 23);
        await().until(() -> !storage.calls("list").isEmpty());
    }

    @Test
    void filesThatAreOpenedNowAndThenAreAskedForOneByOne() throws Exception {
        makeFiles(50);
        cache.list(new StoragePath("/many"));
        storage.forgetCalls();
        for (int i = 0; i < 50; i++) {
            ticker.advance(Duration.ofSeconds(6));
            openAll(i, i + 1);
        }
        assertThat(storage.calls("stat")).hasSize(50);
        assertThat(storage.calls("list")).isEmpty();
    }

    @Test
    void aDirectoryThatNobodyListedIsNotListedForOpening() throws Exception {
        makeFiles(50);
        openAll(0, 50);
        assertThat(storage.calls("stat")).hasSize(50);
        assertThat(storage.calls("list")).isEmpty();
    }
}
