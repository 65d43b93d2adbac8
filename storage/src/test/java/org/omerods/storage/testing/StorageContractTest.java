package org.omerods.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.NameCodec;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** What every place must do. A backend's test extends this and answers the capability questions. */
public abstract class StorageContractTest {
    private static final long SEED = 20261120;

    protected Storage storage;

    /** A new place. */
    protected abstract Storage open() throws Exception;

    /** An existing, empty collection in it, in which the test may do anything. */
    protected abstract StoragePath base() throws Exception;

    protected boolean holdsAvus() {
        return true;
    }

    /** Whether bytes of names that are not UTF-8 can be stored. */
    protected boolean holdsNamesThatAreNotUtf8() {
        return false;
    }

    /** Whether an object that is replaced stays the same object: true of a catalog, false of a file system. */
    protected boolean keepsTheIdOnReplacement() {
        return true;
    }

    /** Whether permission bits are kept beside objects. */
    protected boolean keepsPermissions() {
        return false;
    }

    @BeforeEach
    final void openStorage() throws Exception {
        storage = open();
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    protected final StoragePath at(String name) throws Exception {
        return base().child(name);
    }

    protected final DataObject put(StoragePath path, byte[] bytes) throws StorageException {
        try (ObjectWriter writer = storage.write(path, WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(bytes));
            return writer.commit();
        }
    }

    protected final byte[] read(DataObject object, long offset, int length) throws StorageException {
        try (ObjectReader reader = storage.open(object)) {
            ByteBuffer target = ByteBuffer.allocate(length);
            reader.read(offset, target, Priority.DEMAND);
            assertThat(target.hasRemaining()).isFalse();
            return target.array();
        }
    }

    protected static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED + length).nextBytes(bytes);
        return bytes;
    }

    private static Reason reasonOf(Call call) {
        return catchThrowableOfType(StorageException.class, call::run).reason();
    }

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    @Test
    void writtenBytesAreReadBack() throws Exception {
        byte[] bytes = randomBytes(300_000);
        DataObject object = put(at("slide.ndpi"), bytes);
        assertThat(object.size()).isEqualTo(bytes.length);
        assertThat(object.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(read(object, 0, bytes.length)).isEqualTo(bytes);
        assertThat(read(object, 299_999, 1)).containsExactly(bytes[299_999]);
        assertThat(read(object, 123_457, 4096)).isEqualTo(java.util.Arrays.copyOfRange(bytes, 123_457, 127_553));
    }

    @Test
    void anEmptyObjectHasSizeZero() throws Exception {
        DataObject object = put(at("empty"), new byte[0]);
        assertThat(object.size()).isZero();
        assertThat(read(object, 0, 0)).isEmpty();
    }

    @Test
    void statTellsWhatCommitTold() throws Exception {
        DataObject object = put(at("a"), randomBytes(10));
        assertThat(((DataObject) storage.stat(at("a"))).version()).isEqualTo(object.version());
    }

    @Test
    void statOfAMissingPathIsNotFound() throws Exception {
        StoragePath path = at("nowhere");
        StorageException e = catchThrowableOfType(StorageException.class, () -> storage.stat(path));
        assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(e).hasMessageContaining(path.value());
    }

    @Test
    void statOfTheBaseIsACollection() throws Exception {
        assertThat(storage.stat(base())).isInstanceOf(Collection.class);
    }

    @Test
    void aPathThroughAnObjectIsNotThere() throws Exception {
        put(at("file"), randomBytes(3));
        StoragePath below = at("file").child("x");
        assertThat(reasonOf(() -> storage.stat(below))).isIn(Reason.NOT_FOUND, Reason.NOT_A_COLLECTION);
    }

    @Test
    void aListingHoldsEachChildOnceWithItsAttributes() throws Exception {
        DataObject a = put(at("a"), randomBytes(11));
        storage.createCollection(at("c"));
        put(at("c").child("below"), randomBytes(5));
        List<Entry> entries = storage.list(base()).entries();
        assertThat(entries).extracting(entry -> entry.path().name()).containsExactlyInAnyOrder("a", "c");
        assertThat(entries)
                .filteredOn(DataObject.class::isInstance)
                .first()
                .extracting(entry -> ((DataObject) entry).version())
                .isEqualTo(a.version());
        assertThat(entries).filteredOn(Collection.class::isInstance).first().isEqualTo(storage.stat(at("c")));
    }

    @Test
    void anEmptyCollectionListsNothing() throws Exception {
        assertThat(storage.list(base()).entries()).isEmpty();
    }

    @Test
    void listingWhatIsMissingOrAnObjectFails() throws Exception {
        put(at("a"), randomBytes(1));
        StoragePath object = at("a");
        StoragePath missing = at("missing");
        assertThat(reasonOf(() -> storage.list(object))).isEqualTo(Reason.NOT_A_COLLECTION);
        assertThat(reasonOf(() -> storage.list(missing))).isEqualTo(Reason.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "it's",
                "100%",
                "a_b",
                "back\\slash",
                "new\nline",
                "tab\there",
                "\"double\"",
                "`tick`",
                "&amp;",
                "<tag>",
                "a;b",
                "ü",
                "u\u0308",
                "😀",
                " leading",
                "trailing ",
                "...",
                "-f",
                "*?[x]",
                "' or '1'='1",
                "select t",
                "名前",
                "a%2Fb",
                "$(x)",
                "\u0001\u007f",
                "cr\rlf"
            })
    void hostileNamesSurvive(String name) throws Exception {
        byte[] bytes = randomBytes(50);
        put(at(name), bytes);
        StoragePath collection = at(name + " collection");
        storage.createCollection(collection);
        put(collection.child(name), bytes);
        assertThat(storage.list(base()).entries())
                .extracting(entry -> entry.path().name())
                .containsExactlyInAnyOrder(name, name + " collection");
        assertThat(read((DataObject) storage.stat(collection.child(name)), 0, 50))
                .isEqualTo(bytes);
        assertThat(storage.list(collection).entries()).hasSize(1);
    }

    @Test
    void namesThatAreNotUtf8Survive() throws Exception {
        assumeTrue(holdsNamesThatAreNotUtf8(), "the place holds UTF-8 names only");
        String name = "latin\uDCFC\uDC80";
        put(at(name), randomBytes(7));
        assertThat(storage.list(base()).entries().getFirst().path()).isEqualTo(at(name));
        assertThat(((DataObject) storage.stat(at(name))).size()).isEqualTo(7);
    }

    @Test
    void patternCharactersMatchOnlyThemselves() throws Exception {
        storage.createCollection(at("a_b%"));
        storage.createCollection(at("axbyy"));
        put(at("axbyy").child("inside"), randomBytes(1));
        assertThat(storage.list(at("a_b%")).entries()).isEmpty();
    }

    @Test
    void manyChildrenAreListedCompletely() throws Exception {
        int count = manyChildren();
        for (int i = 0; i < count; i++) {
            storage.createCollection(at("child-" + i));
        }
        assertThat(storage.list(base()).entries()).hasSize(count);
    }

    /** More than a catalog's page of 256 rows. */
    protected int manyChildren() {
        return 600;
    }

    @Test
    void readingBeyondTheEndFails() throws Exception {
        DataObject object = put(at("a"), randomBytes(100));
        assertThat(reasonOf(() -> read(object, 90, 11))).isEqualTo(Reason.INVALID);
        assertThat(reasonOf(() -> read(object, -1, 1))).isEqualTo(Reason.INVALID);
    }

    @Test
    void aReplacedObjectIsAnotherVersionOfTheSameId() throws Exception {
        DataObject old = put(at("a"), randomBytes(100));
        DataObject now = put(at("a"), randomBytes(101));
        assertThat(now.version()).isNotEqualTo(old.version());
        assertThat(now.id()).isNotZero();
        assertThat(now.id() == old.id()).isEqualTo(keepsTheIdOnReplacement());
    }

    @Test
    void anOldVersionIsStaleAfterReplacement() throws Exception {
        DataObject old = put(at("a"), randomBytes(100));
        try (ObjectReader reader = storage.open(old)) {
            reader.verifyVersion();
            put(at("a"), randomBytes(101));
            assertThat(reasonOf(reader::verifyVersion)).isEqualTo(Reason.STALE);
        }
    }

    @Test
    void aReaderOfARemovedObjectIsToldSo() throws Exception {
        DataObject object = put(at("a"), randomBytes(100));
        try (ObjectReader reader = storage.open(object)) {
            storage.deleteObject(at("a"));
            assertThat(reasonOf(reader::verifyVersion)).isIn(Reason.NOT_FOUND, Reason.STALE);
        }
    }

    @Test
    void oneReaderServesManyThreads() throws Exception {
        byte[] bytes = randomBytes(1_000_000);
        DataObject object = put(at("a"), bytes);
        Random random = new Random(SEED);
        try (ObjectReader reader = storage.open(object);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> reads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int length = 1 + random.nextInt(50_000);
                int offset = random.nextInt(bytes.length - length);
                Priority priority = i % 3 == 0 ? Priority.PREFETCH : Priority.DEMAND;
                reads.add(() -> {
                    ByteBuffer target = ByteBuffer.allocateDirect(length);
                    reader.read(offset, target, priority);
                    return target.flip().equals(ByteBuffer.wrap(bytes, offset, length));
                });
            }
            for (Future<Boolean> read : threads.invokeAll(reads)) {
                assertThat(read.get()).isTrue();
            }
        }
    }

    @Test
    void whatIsNotCommittedIsNotGood() throws Exception {
        StoragePath path = at("half");
        try (ObjectWriter writer = storage.write(path, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(randomBytes(100)));
        }
        try {
            assertThat(((DataObject) storage.stat(path)).state()).isNotEqualTo(ReplicaState.GOOD);
        } catch (StorageException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
        }
    }

    @Test
    void gapsOfAWriteAreZeros() throws Exception {
        DataObject object;
        try (ObjectWriter writer = storage.write(at("gaps"), WriteMode.CREATE)) {
            writer.write(10, ByteBuffer.wrap(new byte[] {7}));
            object = writer.commit();
        }
        assertThat(read(object, 0, 11)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);
    }

    @Test
    void createRefusesWhatExists() throws Exception {
        put(at("a"), randomBytes(1));
        storage.createCollection(at("c"));
        StoragePath object = at("a");
        StoragePath collection = at("c");
        assertThat(reasonOf(() -> storage.write(object, WriteMode.CREATE).close()))
                .isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.createCollection(collection))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.createCollection(object))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.write(collection, WriteMode.REPLACE).close()))
                .isEqualTo(Reason.IS_A_COLLECTION);
    }

    @Test
    void createWithoutAParentIsNotFound() throws Exception {
        StoragePath orphan = at("no-parent").child("x");
        assertThat(reasonOf(() -> storage.createCollection(orphan))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.write(orphan, WriteMode.CREATE).close()))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void renameKeepsTheIdAndTakesTheTreeAlong() throws Exception {
        storage.createCollection(at("from"));
        DataObject object = put(at("from").child("a"), randomBytes(20));
        storage.rename(at("from"), at("to"));
        assertThat(((DataObject) storage.stat(at("to").child("a"))).version()).isEqualTo(object.version());
        StoragePath gone = at("from");
        assertThat(reasonOf(() -> storage.stat(gone))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void renameNeverReplaces() throws Exception {
        put(at("a"), randomBytes(1));
        put(at("b"), randomBytes(2));
        StoragePath a = at("a");
        StoragePath b = at("b");
        StoragePath orphan = at("none").child("x");
        StoragePath missing = at("missing");
        assertThat(reasonOf(() -> storage.rename(a, b))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.rename(a, orphan))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.rename(missing, orphan))).isEqualTo(Reason.NOT_FOUND);
        assertThat(((DataObject) storage.stat(a)).size()).isEqualTo(1);
        assertThat(((DataObject) storage.stat(b)).size()).isEqualTo(2);
    }

    @Test
    void deletionsRemoveExactlyWhatTheyName() throws Exception {
        storage.createCollection(at("c"));
        put(at("c").child("a"), randomBytes(1));
        StoragePath collection = at("c");
        assertThat(reasonOf(() -> storage.deleteCollection(collection))).isEqualTo(Reason.NOT_EMPTY);
        assertThat(reasonOf(() -> storage.deleteObject(collection))).isEqualTo(Reason.IS_A_COLLECTION);
        StoragePath object = collection.child("a");
        assertThat(reasonOf(() -> storage.deleteCollection(object))).isEqualTo(Reason.NOT_A_COLLECTION);
        storage.deleteObject(object);
        storage.deleteCollection(collection);
        assertThat(reasonOf(() -> storage.deleteObject(object))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.deleteCollection(collection))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void triplesAreSetsOfThree() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        put(at("a"), randomBytes(1));
        Avu plain = new Avu("stain", "H&E <'\">", "");
        Avu withUnits = new Avu("stain", "H&E <'\">", "units ü");
        storage.avus().apply(at("a"), List.of(new Operation.Add(plain), new Operation.Add(withUnits)));
        storage.avus().apply(at("a"), List.of(new Operation.Add(plain)));
        assertThat(storage.avus().list(at("a"))).containsExactlyInAnyOrder(plain, withUnits);
        storage.avus()
                .apply(at("a"), List.of(new Operation.Remove(plain), new Operation.Remove(new Avu("no", "such", ""))));
        assertThat(storage.avus().list(at("a"))).containsExactly(withUnits);
    }

    @Test
    void ofManyWhoRemoveATripleExactlyOneHearsThatItWasThere() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        put(at("a"), randomBytes(1));
        Avu token = new Avu("token", "taken by one", "once");
        storage.avus().apply(at("a"), List.of(new Operation.Add(token)));
        int takers = 8;
        AtomicInteger taken = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < takers; i++) {
                futures.add(executor.submit(() -> {
                    if (storage.avus().remove(at("a"), token)) {
                        taken.incrementAndGet();
                    }
                    return taken;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        assertThat(taken).hasValue(1);
        assertThat(storage.avus().list(at("a"))).isEmpty();
        assertThat(storage.avus().remove(at("a"), token)).isFalse();
        assertThat(reasonOf(() -> storage.avus().remove(at("missing"), token))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void triplesOfCollectionsAndOfWhatIsMissing() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        storage.createCollection(at("c"));
        Avu avu = new Avu("project", "42", "");
        storage.avus().apply(at("c"), List.of(new Operation.Add(avu)));
        assertThat(storage.avus().list(at("c"))).containsExactly(avu);
        StoragePath missing = at("missing");
        assertThat(reasonOf(() -> storage.avus().apply(missing, List.of(new Operation.Add(avu)))))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.avus().list(missing))).isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void triplesAreFoundByAttributeAndValue() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        String attribute = "found::" + base().name();
        put(at("a"), randomBytes(1));
        put(at("b & 'c' || \"d\" && e, f"), randomBytes(1));
        storage.createCollection(at("c"));
        add(at("a"), new Avu(attribute, "x", ""), new Avu(attribute, "y", "u"), new Avu(attribute + "2", "x", ""));
        add(at("b & 'c' || \"d\" && e, f"), new Avu(attribute, "it's, || x", ""), new Avu("x", attribute, ""));
        add(at("c"), new Avu(attribute, "x", ""));
        assertThat(storage.avus().find(attribute))
                .containsExactlyInAnyOrder(at("a"), at("b & 'c' || \"d\" && e, f"), at("c"));
        assertThat(storage.avus().find(attribute, "x")).containsExactlyInAnyOrder(at("a"), at("c"));
        assertThat(storage.avus().find(attribute, List.of("y", "it's, || x", "no such")))
                .isEqualTo(Map.of("y", Set.of(at("a")), "it's, || x", Set.of(at("b & 'c' || \"d\" && e, f"))));
        assertThat(storage.avus().find(attribute + "3")).isEmpty();
    }

    @Test
    void triplesOfManyObjectsAreListedByPrefix() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        Map<StoragePath, List<Avu>> expected = new HashMap<>();
        List<StoragePath> asked = new ArrayList<>();
        storage.createCollection(at("many"));
        for (int i = 0; i < 20; i++) {
            StoragePath path = i < 3 ? at("few's " + i) : at("many").child("o" + i);
            put(path, randomBytes(1));
            Avu avu = new Avu("p_::" + i, "v" + i, i % 2 == 0 ? "" : "u");
            add(path, avu, new Avu("pX::" + i, "another prefix", ""));
            if (i != 19) { // asked for all of a collection but one
                asked.add(path);
                expected.put(path, List.of(avu));
            }
        }
        put(at("none"), randomBytes(1));
        asked.addAll(List.of(at("none"), at("missing"), at("missing").child("x"), asked.getFirst()));
        assertThat(storage.avus().listObjects(asked, "p_::")).isEqualTo(expected);
    }

    @Test
    void triplesBelowACollectionAreShownOneByOne() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        storage.createCollection(at("t_p"));
        storage.createCollection(at("t_p").child("sub"));
        storage.createCollection(at("tXp"));
        List<StoragePath> inside = List.of(
                at("t_p"),
                at("t_p").child("sub"),
                at("t_p").child("o"),
                at("t_p").child("sub").child("o"));
        for (StoragePath path : List.of(
                at("t_p").child("o"),
                at("t_p").child("sub").child("o"),
                at("tXp").child("o"))) {
            put(path, randomBytes(1));
            add(path, new Avu("s::a", "1", ""));
        }
        add(at("t_p"), new Avu("s::a", "2", "u"), new Avu("other", "3", ""));
        add(at("t_p").child("sub"), new Avu("s::b", "4", ""));
        Map<StoragePath, Avu> seen = new HashMap<>();
        storage.avus()
                .scan(
                        at("t_p"),
                        "s::",
                        (path, avu) -> assertThat(seen.put(path, avu)).isNull());
        assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(inside);
        assertThat(seen).containsEntry(at("t_p"), new Avu("s::a", "2", "u"));
    }

    @Test
    void triplesOfManyPathsChangeTogetherAndFailApart() throws Exception {
        assumeTrue(holdsAvus(), "the place holds no triples");
        Map<StoragePath, List<Operation>> changes = new HashMap<>();
        Avu old = new Avu("bulk", "old", "");
        for (int i = 0; i < 30; i++) {
            put(at("o" + i), randomBytes(1));
            add(at("o" + i), old);
            changes.put(
                    at("o" + i),
                    List.of(new Operation.Remove(old), new Operation.Add(new Avu("bulk", "new " + i, "ü"))));
        }
        storage.createCollection(at("c"));
        changes.put(at("c"), List.of(new Operation.Add(old)));
        changes.put(at("missing"), List.of(new Operation.Add(old)));
        Map<StoragePath, StorageException> failures = storage.avus().applyAll(changes);
        assertThat(failures)
                .hasSize(1)
                .hasEntrySatisfying(
                        at("missing"), failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND));
        for (int i = 0; i < 30; i++) {
            assertThat(storage.avus().list(at("o" + i))).containsExactly(new Avu("bulk", "new " + i, "ü"));
        }
        assertThat(storage.avus().list(at("c"))).containsExactly(old);
        assertThat(storage.avus().applyAll(Map.of())).isEmpty();
    }

    private void add(StoragePath path, Avu... avus) throws StorageException {
        storage.avus()
                .apply(
                        path,
                        Stream.of(avus)
                                .map(avu -> (Operation) new Operation.Add(avu))
                                .toList());
    }

    @Test
    void anInterruptedThreadKeepsItsFlag() throws Exception {
        DataObject object = put(at("a"), randomBytes(100));
        try (ObjectReader reader = storage.open(object)) {
            Thread.currentThread().interrupt();
            try {
                reader.read(0, ByteBuffer.allocate(100), Priority.DEMAND);
            } catch (StorageException e) {
                assertThat(e.reason()).isIn(Reason.INTERRUPTED, Reason.CLOSED);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 4_194_304, 4_194_305, 9_000_001})
    void aPutIsOneGoodVersionWithAllBytes(int size) throws Exception {
        byte[] bytes = randomBytes(size);
        DataObject object = storage.put(at("a"), WriteMode.CREATE, Content.of(bytes));
        assertThat(object.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(storage.stat(at("a"))).isEqualTo(object);
        assertThat(read(object, 0, size)).isEqualTo(bytes);
    }

    @Test
    void aPutNeedsAParentAndAFreeName() throws Exception {
        storage.createCollection(at("c"));
        put(at("a"), randomBytes(3));
        StoragePath object = at("a");
        StoragePath collection = at("c");
        StoragePath orphan = at("no-parent").child("x");
        Content content = Content.of(randomBytes(5));
        assertThat(reasonOf(() -> storage.put(orphan, WriteMode.CREATE, content)))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.put(object, WriteMode.CREATE, content)))
                .isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.put(collection, WriteMode.CREATE, content)))
                .isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.put(collection, WriteMode.REPLACE, content)))
                .isEqualTo(Reason.IS_A_COLLECTION);
        assertThat(((DataObject) storage.stat(object)).size()).isEqualTo(3);
    }

    @Test
    void twoCannotBothCreateAnEmptyObject() throws Exception {
        StoragePath lock = at("lock");
        storage.put(lock, WriteMode.CREATE, Content.of(new byte[0]));
        assertThat(reasonOf(() -> storage.put(lock, WriteMode.CREATE, Content.of(new byte[0]))))
                .isEqualTo(Reason.ALREADY_EXISTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1000, 5_000_000})
    void anOverwriteReplacesAllBytesAndKeepsWhatIsAttached(int size) throws Exception {
        DataObject old = put(at("a"), randomBytes(1000));
        Avu avu = new Avu("stain", "H&E", "");
        if (holdsAvus()) {
            storage.avus().apply(at("a"), List.of(new Operation.Add(avu)));
        }
        byte[] bytes = randomBytes(size + 1);
        DataObject now = storage.overwrite(at("a"), old.version(), Content.of(bytes));
        assertThat(now.state()).isEqualTo(ReplicaState.GOOD);
        assertThat(read(now, 0, size + 1)).isEqualTo(bytes);
        assertThat(storage.stat(at("a"))).isEqualTo(now);
        assertThat(now.id() == old.id()).isEqualTo(keepsTheIdOnReplacement());
        assertThat(storage.avus().list(at("a"))).isEqualTo(holdsAvus() ? List.of(avu) : List.of());
    }

    @Test
    void anOverwriteOfWhatWasChangedMeanwhileIsStale() throws Exception {
        DataObject old = put(at("a"), randomBytes(1000));
        DataObject newer = put(at("a"), randomBytes(1001));
        for (int size : new int[] {500, 2000}) {
            assertThat(reasonOf(() -> storage.overwrite(at("a"), old.version(), Content.of(randomBytes(size)))))
                    .isEqualTo(Reason.STALE);
        }
        assertThat(storage.stat(at("a"))).isEqualTo(newer);
        assertThat(read(newer, 0, 1001)).isEqualTo(randomBytes(1001));
    }

    @Test
    void anOverwriteThatHappenedAlreadyIsDone() throws Exception {
        DataObject old = put(at("a"), randomBytes(1000));
        DataObject now = storage.overwrite(at("a"), old.version(), Content.of(randomBytes(1001)));
        assertThat(storage.overwrite(at("a"), old.version(), Content.of(randomBytes(1001))))
                .isEqualTo(now);
    }

    @Test
    void anEmptyObjectIsOverwrittenByNothingAsOftenAsOneLikes() throws Exception {
        DataObject now = put(at("a"), randomBytes(1000));
        for (int size : new int[] {0, 0, 0, 7, 0, 0}) {
            now = storage.overwrite(at("a"), now.version(), Content.of(randomBytes(size)));
            assertThat(now.size()).isEqualTo(size);
            assertThat(storage.stat(at("a"))).isEqualTo(now);
        }
    }

    @Test
    void anOverwriteOfWhatIsGoneIsNotFound() throws Exception {
        DataObject old = put(at("a"), randomBytes(10));
        storage.deleteObject(at("a"));
        assertThat(reasonOf(() -> storage.overwrite(at("a"), old.version(), Content.of(randomBytes(11)))))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void contentThatCannotBeReadChangesNothing() throws Exception {
        DataObject old = put(at("a"), randomBytes(10));
        Content broken = new Content() {
            @Override
            public long size() {
                return 20_000_000;
            }

            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.put(at("b"), WriteMode.CREATE, broken)))
                .hasMessageContaining("the disk is gone");
        assertThatThrownBy(() -> storage.overwrite(at("a"), old.version(), broken))
                .hasMessageContaining("the disk is gone");
        StoragePath b = at("b");
        assertThat(reasonOf(() -> storage.stat(b))).isEqualTo(Reason.NOT_FOUND);
        assertThat(storage.put(at("a"), WriteMode.REPLACE, Content.of(randomBytes(12)))
                        .size())
                .isEqualTo(12);
    }

    @Test
    void replaceMovesOverAndKeepsWhatIsAttachedToTheSource() throws Exception {
        DataObject from = put(at("from"), randomBytes(11));
        put(at("to"), randomBytes(2));
        Avu mine = new Avu("of", "from", "");
        if (holdsAvus()) {
            storage.avus().apply(at("from"), List.of(new Operation.Add(mine)));
            storage.avus().apply(at("to"), List.of(new Operation.Add(new Avu("of", "to", ""))));
        }
        storage.replace(at("from"), at("to"));
        DataObject now = (DataObject) storage.stat(at("to"));
        assertThat(now.version()).isEqualTo(from.version());
        assertThat(read(now, 0, 11)).isEqualTo(randomBytes(11));
        assertThat(storage.list(base()).entries()).hasSize(1);
        assertThat(storage.avus().list(at("to"))).isEqualTo(holdsAvus() ? List.of(mine) : List.of());
    }

    @Test
    void replaceOfNothingIsARenameAndOfCollectionsIsRefused() throws Exception {
        put(at("a"), randomBytes(11));
        storage.createCollection(at("c"));
        storage.replace(at("a"), at("b"));
        assertThat(((DataObject) storage.stat(at("b"))).size()).isEqualTo(11);
        StoragePath b = at("b");
        StoragePath collection = at("c");
        StoragePath missing = at("missing");
        StoragePath orphan = missing.child("x");
        assertThat(reasonOf(() -> storage.replace(b, collection))).isEqualTo(Reason.IS_A_COLLECTION);
        assertThat(reasonOf(() -> storage.replace(collection, b))).isEqualTo(Reason.IS_A_COLLECTION);
        assertThat(reasonOf(() -> storage.replace(missing, b))).isEqualTo(Reason.NOT_FOUND);
        assertThat(reasonOf(() -> storage.replace(b, orphan))).isEqualTo(Reason.NOT_FOUND);
        assertThat(((DataObject) storage.stat(b)).size()).isEqualTo(11);
    }

    @Test
    void touchSetsTheTimeOfObjectsAndCollections() throws Exception {
        put(at("a"), randomBytes(10));
        storage.createCollection(at("c"));
        Instant time = Instant.ofEpochSecond(1_234_567_890);
        for (String name : List.of("a", "c")) {
            Entry touched = storage.touch(at(name), time);
            assertThat(touched.modified()).isEqualTo(time);
            assertThat(storage.stat(at(name))).isEqualTo(touched);
        }
        assertThat(read((DataObject) storage.stat(at("a")), 0, 10)).isEqualTo(randomBytes(10));
        StoragePath missing = at("missing");
        assertThat(reasonOf(() -> storage.touch(missing, time))).isEqualTo(Reason.NOT_FOUND);
        assertThat(storage.list(base()).entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "../up/and/away", "/tempZone/abs olute", "it's & <so>;on", "ü/名前", "dangling\n"})
    void aLinkTellsItsTargetInStatAndInListings(String target) throws Exception {
        put(at("file"), randomBytes(3));
        SymbolicLink link = storage.createLink(at("link"), target);
        assertThat(link.target()).isEqualTo(target);
        assertThat(storage.stat(at("link"))).isEqualTo(link);
        assertThat(storage.list(base()).entries())
                .hasSize(2)
                .contains(link)
                .anyMatch(entry -> entry instanceof DataObject object && object.size() == 3);
        assertThat(link.object().size()).isEqualTo(NameCodec.encode(target).length);
    }

    @Test
    void aLinkIsNotWrittenThrough() throws Exception {
        put(at("file"), randomBytes(3));
        storage.createLink(at("link"), "file");
        StoragePath link = at("link");
        StoragePath file = at("file");
        assertThat(reasonOf(() -> storage.createLink(link, "other"))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.createLink(file, "other"))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.put(link, WriteMode.CREATE, Content.of(new byte[] {1}))))
                .isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(reasonOf(() -> storage.put(link, WriteMode.REPLACE, Content.of(new byte[] {1}))))
                .isEqualTo(Reason.INVALID);
        assertThat(reasonOf(() -> storage.list(link))).isEqualTo(Reason.NOT_A_COLLECTION);
        assertThat(reasonOf(() -> storage.deleteCollection(link))).isEqualTo(Reason.NOT_A_COLLECTION);
        assertThat(((DataObject) storage.stat(file)).size()).isEqualTo(3);
    }

    @Test
    void linksAreMovedReplacedAndRemovedLikeObjects() throws Exception {
        storage.createLink(at("a"), "one");
        storage.rename(at("a"), at("b"));
        put(at("file"), randomBytes(3));
        assertThat(((SymbolicLink) storage.stat(at("b"))).target()).isEqualTo("one");
        storage.replace(at("b"), at("file"));
        assertThat(((SymbolicLink) storage.stat(at("file"))).target()).isEqualTo("one");
        storage.deleteObject(at("file"));
        assertThat(storage.list(base()).entries()).isEmpty();
    }

    @Test
    void permissionsStayWithTheObjectUntilTheyAreTakenAway() throws Exception {
        assumeTrue(keepsPermissions());
        DataObject made = storage.put(at("a"), WriteMode.CREATE, Content.of(new byte[] {1}));
        put(at("other"), randomBytes(3));
        assertThat(permissionsOf(at("a"))).isEmpty();
        storage.setPermissions(at("a"), OptionalInt.of(0755));
        assertThat(permissionsOf(at("a"))).hasValue(0755);
        assertThat(((DataObject) storage.stat(at("a"))).version()).isEqualTo(made.version());
        storage.setPermissions(at("a"), OptionalInt.of(0));
        assertThat(permissionsOf(at("a"))).hasValue(0);
        storage.overwrite(at("a"), made.version(), Content.of(new byte[] {2, 3}));
        storage.rename(at("a"), at("b"));
        storage.replace(at("b"), at("other"));
        assertThat(permissionsOf(at("other"))).hasValue(0);
        storage.setPermissions(at("other"), OptionalInt.empty());
        storage.setPermissions(at("other"), OptionalInt.empty());
        assertThat(permissionsOf(at("other"))).isEmpty();
    }

    @Test
    void permissionsOfACollectionStayWithItUntilTheyAreTakenAway() throws Exception {
        assumeTrue(keepsPermissions());
        storage.createCollection(at("c"));
        storage.createCollection(at("c").child("inside"));
        storage.createCollection(at("other"));
        storage.setPermissions(at("c"), OptionalInt.of(0755));
        storage.setPermissions(at("c"), OptionalInt.of(0700));
        storage.setPermissions(at("c").child("inside"), OptionalInt.of(0));
        assertThat(permissionsOf(at("c"))).hasValue(0700);
        assertThat(permissionsOf(at("other"))).isEmpty();
        storage.rename(at("c"), at("moved"));
        assertThat(permissionsOf(at("moved"))).hasValue(0700);
        assertThat(permissionsOf(at("moved").child("inside"))).hasValue(0);
        storage.setPermissions(at("moved"), OptionalInt.empty());
        assertThat(permissionsOf(at("moved"))).isEmpty();
    }

    private OptionalInt permissionsOf(StoragePath path) throws Exception {
        OptionalInt permissions = permissionsOf(storage.stat(path));
        assertThat(storage.list(path.parent()).entries())
                .filteredOn(entry -> entry.path().equals(path))
                .singleElement()
                .satisfies(entry -> assertThat(permissionsOf(entry)).isEqualTo(permissions));
        return permissions;
    }

    private static OptionalInt permissionsOf(Entry entry) {
        return entry instanceof Collection collection ? collection.permissions() : ((DataObject) entry).permissions();
    }

    @Test
    void permissionsNeedAnObjectOrACollection() throws Exception {
        assumeTrue(keepsPermissions());
        assertThat(reasonOf(() -> storage.setPermissions(at("nothing"), OptionalInt.of(0700))))
                .isEqualTo(Reason.NOT_FOUND);
    }

    @Test
    void aPlaceThatKeepsNoPermissionsSaysSo() throws Exception {
        assumeFalse(keepsPermissions());
        put(at("a"), randomBytes(1));
        assertThat(reasonOf(() -> storage.setPermissions(at("a"), OptionalInt.of(0700))))
                .isEqualTo(Reason.UNSUPPORTED);
    }
}
