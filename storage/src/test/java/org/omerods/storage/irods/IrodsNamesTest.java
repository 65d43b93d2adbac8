package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Listing;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Names that queries, XML or shells take for something else. The contract test has more of them, one by one. */
class IrodsNamesTest extends ZoneTest {
    private static final List<String> NAMES = List.of(
            "a && b",
            "a || b",
            "'x' || '%'",
            "||",
            "&&",
            "it's",
            "''",
            "' or '1'='1",
            "a' and 'b",
            "100% _ \\ done",
            "line\nfeed\r\ttab",
            "\u0001\u001f\u007f",
            "😀 名前 u\u0308",
            "=',<>|",
            "x".repeat(255));

    @Test
    void theyShareACollectionAndAreFoundOneByOne() throws Exception {
        StoragePath collection = home.child("names");
        storage.createCollection(collection);
        for (String name : NAMES) {
            write(collection.child(name), name.length());
        }
        Listing listing = storage.list(collection);
        assertThat(listing.problems()).isEmpty();
        assertThat(listing.entries())
                .extracting(entry -> entry.path().name())
                .containsExactlyInAnyOrderElementsOf(NAMES);
        for (String name : NAMES) {
            DataObject object = (DataObject) storage.stat(collection.child(name));
            assertThat(object.path().name()).isEqualTo(name);
            assertThat(object.size()).as(name).isEqualTo(name.length());
            ByteBuffer target = ByteBuffer.allocate(name.length());
            try (ObjectReader reader = storage.open(object)) {
                reader.read(0, target, Priority.DEMAND);
            }
        }
    }

    @Test
    void theyAreCollectionsTooAndDoNotMatchEachOther() throws Exception {
        List<String> names = NAMES.stream().filter(name -> name.length() < 200).toList();
        for (String name : names) {
            StoragePath collection = home.child(name);
            storage.createCollection(collection);
            storage.createCollection(collection.child("inside " + name));
            write(collection.child("object " + name), 1);
        }
        storage.createCollection(home.child("a xx b")); // what the pattern for "a && b" matches besides
        write(home.child("a xx b").child("other"), 1);
        for (String name : names) {
            assertThat(storage.stat(home.child(name))).isInstanceOf(Collection.class);
            assertThat(storage.list(home.child(name)).entries())
                    .extracting(entry -> entry.path().name())
                    .containsExactlyInAnyOrder("inside " + name, "object " + name);
        }
        assertThat(storage.list(home).entries().stream().map(Entry::path).collect(Collectors.toSet()))
                .hasSize(names.size() + 1);
    }

    @Test
    void whatNoServerHoldsIsInvalidOrMissingAndHarmsNothing() throws Exception {
        StoragePath notUtf8 = home.child("latin\uDCFC");
        assertThat(catchThrowableOfType(StorageException.class, () -> storage.stat(notUtf8))
                        .reason())
                .isIn(Reason.NOT_FOUND, Reason.INVALID);
        StoragePath tooLong = home.child("x".repeat(300));
        assertThat(catchThrowableOfType(
                                StorageException.class,
                                () -> storage.write(tooLong, WriteMode.CREATE).close())
                        .reason())
                .isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(storage.list(home).entries()).isEmpty();
    }

    @Test
    void aPathIsAsLongAsTheServerHasRoomForInBytes() throws Exception {
        StoragePath deep = home;
        while (deep.byteLength() + 200 < PathLimits.MAX_NEW_BYTES) {
            deep = deep.child("ü名".repeat(30) + "_".repeat(40)); // 150 and 40 bytes
            storage.createCollection(deep);
        }
        int left = PathLimits.MAX_NEW_BYTES - deep.byteLength() - 1;
        StoragePath longest = deep.child("ü".repeat(10) + "x".repeat(left - 20));
        assertThat(longest.byteLength()).isEqualTo(storage.maxPathBytes());
        write(longest, 3);
        assertThat(storage.stat(longest)).isInstanceOf(DataObject.class);
        assertThat(storage.list(deep).entries()).extracting(Entry::path).containsExactly(longest);
        storage.deleteObject(longest);
        storage.createLink(longest, "target");
        storage.deleteObject(longest);
        storage.createCollection(longest);
        storage.deleteCollection(longest);

        StoragePath tooLong = deep.child("ü".repeat(11) + "x".repeat(left - 21));
        StoragePath source = home.child("source");
        write(source, 1);
        long sent = zone.statistics().totalRequests();
        assertThat(reasonOf(() -> write(tooLong, 3))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(reasonOf(() -> storage.put(tooLong, WriteMode.CREATE, Content.of(new byte[1]))))
                .isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(reasonOf(() -> storage.createCollection(tooLong))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(reasonOf(() -> storage.createLink(tooLong, "target"))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(reasonOf(() -> storage.rename(source, tooLong))).isEqualTo(Reason.NAME_TOO_LONG);
        StoragePath impossible = deep.child("x".repeat(PathLimits.MAX_BYTES - deep.byteLength()));
        assertThat(reasonOf(() -> storage.stat(impossible))).isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(zone.statistics().totalRequests()).as("requests").isEqualTo(sent);
        assertThat(reasonOf(() -> storage.stat(tooLong))).isEqualTo(Reason.NOT_FOUND);
    }

    /** What is replaced steps aside under a longer name first. */
    @Test
    void whatCannotStepAsideIsNotReplaced() throws Exception {
        StoragePath deep = home;
        while (deep.byteLength() + 2 < PathLimits.MAX_NEW_BYTES) {
            deep = deep.child("d".repeat(Math.min(200, PathLimits.MAX_NEW_BYTES - deep.byteLength() - 3)));
            storage.createCollection(deep);
        }
        StoragePath target = deep.child("t");
        write(target, 3);
        write(home.child("source"), 1);
        assertThat(reasonOf(() -> storage.replace(home.child("source"), target)))
                .isEqualTo(Reason.NAME_TOO_LONG);
        assertThat(((DataObject) storage.stat(target)).size()).isEqualTo(3);
        assertThat(((DataObject) storage.stat(home.child("source"))).size()).isEqualTo(1);
    }

    private static Reason reasonOf(ThrowingCallable call) {
        return catchThrowableOfType(StorageException.class, call).reason();
    }

    private void write(StoragePath path, int bytes) throws StorageException {
        try (ObjectWriter writer = storage.write(path, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.allocate(bytes));
            writer.commit();
        }
    }
}
