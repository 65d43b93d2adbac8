package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omerods.fs.vfs.ReadingTest.assertFails;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.DataObject;
import org.omerods.storage.Space;

/** Names, attributes, directories. */
class NamespaceTest {
    private static final int W_OK = 2;
    private static final int R_OK = 4;
    private static final int X_OK = 1;

    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    private Mounted mount() throws Exception {
        return new Mounted(storage, Mounted.config(directory));
    }

    @Test
    void attributesAreThoseOfTheCatalog() throws Exception {
        DataObject object = storage.object("/a", 5_000_000_000L);
        try (Mounted mounted = mount()) {
            Attributes attributes = mounted.client.walk("a");
            assertThat(attributes.kind()).isEqualTo(FileKind.FILE);
            assertThat(attributes.size()).isEqualTo(5_000_000_000L);
            assertThat(attributes.modified()).isEqualTo(object.modified());
        }
    }

    @Test
    void filesAndDirectoriesAreReadOnlyForTheConfiguredOwner() throws Exception {
        storage.directory("/d");
        storage.object("/d/a", 1);
        try (Mounted mounted = mount()) {
            Attributes file = mounted.client.walk("d/a");
            Attributes collection = mounted.client.walk("d");
            assertThat(file.permissions()).isEqualTo(0444);
            assertThat(collection.permissions()).isEqualTo(0555);
            assertThat(List.of(file.uid(), file.gid(), collection.uid(), collection.gid()))
                    .containsExactly(1001, 1002, 1001, 1002);
        }
    }

    @Test
    void accessForWritingFailsWithErofs() throws Exception {
        storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("a").inode();
            assertThat(mounted.client.access(inode, R_OK)).isEqualTo(Done.DONE);
            assertFails(Errno.EROFS, () -> mounted.client.access(inode, R_OK | W_OK));
            assertFails(Errno.EACCES, () -> mounted.client.access(inode, X_OK));
            assertThat(mounted.client.access(Filesystem.ROOT_INODE, R_OK | X_OK))
                    .isEqualTo(Done.DONE);
        }
    }

    @Test
    void inodeNumbersAreTheSameAfterARestart() throws Exception {
        storage.directory("/d");
        storage.object("/d/a", 1);
        storage.objectWithoutId("/d/b", 1);
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (Mounted mounted = mount()) {
                numbers.add(mounted.client.walk("d").inode());
                numbers.add(mounted.client.walk("d/a").inode());
                numbers.add(mounted.client.walk("d/b").inode());
            }
        }
        assertThat(numbers).hasSize(3);
    }

    @Test
    void aMissingNameIsRememberedForTheNegativeTtl() throws Exception {
        try (Mounted mounted = mount()) {
            Child missing = mounted.client.lookup(1, "no");
            assertThat(missing.attributes()).isNull();
            assertThat(missing.entryTtl()).isEqualTo(Duration.ofSeconds(5));
            mounted.client.lookup(1, "no");
            assertThat(storage.calls("stat /no")).isEmpty();
            assertThat(storage.calls("stat")).containsExactly("stat /no");
            mounted.ticker.advance(Duration.ofSeconds(6));
            storage.object("/no", 1);
            assertThat(mounted.client.lookup(1, "no").attributes()).isNotNull();
        }
    }

    @Test
    void namesThatAreNoNamesDoNotExist() throws Exception {
        try (Mounted mounted = mount()) {
            for (String name : List.of("", "a/b", "a\0b")) {
                assertFails(Errno.ENOENT, () -> mounted.client.lookup(1, name));
            }
            assertThat(storage.calls()).isEmpty();
        }
    }

    @Test
    void aNameOfMoreThan255BytesFailsWithEnametoolong() throws Exception {
        try (Mounted mounted = mount()) {
            assertThat(mounted.client.lookup(1, "x".repeat(255)).attributes()).isNull();
            assertFails(Errno.ENAMETOOLONG, () -> mounted.client.lookup(1, "x".repeat(256)));
            assertFails(Errno.ENAMETOOLONG, () -> mounted.client.lookup(1, "ä".repeat(128)));
        }
    }

    @Test
    void aFileHasNoChildren() throws Exception {
        storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("a").inode();
            assertFails(Errno.ENOTDIR, () -> mounted.client.lookup(inode, "b"));
            assertFails(Errno.ENOTDIR, () -> mounted.client.openDirectory(inode));
        }
    }

    @Test
    void anUnknownInodeFailsWithEstale() throws Exception {
        try (Mounted mounted = mount()) {
            assertFails(Errno.ESTALE, () -> mounted.client.attributes(4711));
            assertFails(Errno.ESTALE, () -> mounted.client.lookup(4711, "a"));
            assertFails(Errno.ESTALE, () -> mounted.client.open(4711));
        }
    }

    @Test
    void anInodeLivesUntilTheLastReferenceIsForgotten() throws Exception {
        storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            long inode = mounted.client.find(1, "a").inode();
            mounted.client.lookup(1, "a");
            mounted.filesystem.forget(inode, 1);
            assertThat(mounted.client.attributes(inode)).isNotNull();
            mounted.filesystem.forget(inode, 1);
            assertFails(Errno.ESTALE, () -> mounted.client.attributes(inode));
            mounted.filesystem.forget(Filesystem.ROOT_INODE, 100);
            assertThat(mounted.client.attributes(Filesystem.ROOT_INODE)).isNotNull();
        }
    }

    @Test
    void aRenamedObjectKeepsItsInode() throws Exception {
        DataObject object = storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("a").inode();
            storage.remove("/a");
            storage.put(new DataObject(
                    object.path().parent().child("b"),
                    object.version(),
                    object.state(),
                    object.resource(),
                    1,
                    object.owner(),
                    object.created()));
            assertThat(mounted.client.walk("b").inode()).isEqualTo(inode);
            assertThat(mounted.client.attributes(inode).attributes().inode()).isEqualTo(inode);
        }
    }

    @Test
    void somethingElseAtThePathIsEstaleForTheOldInode() throws Exception {
        storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("a").inode();
            storage.remove("/a");
            storage.object("/a", 2);
            storage.put(new org.omerods.storage.Collection(
                    new org.omerods.storage.StoragePath("/a"), 999, "alice", Instant.EPOCH, Instant.EPOCH));
            mounted.ticker.advance(Duration.ofMinutes(2));
            assertFails(Errno.ESTALE, () -> mounted.client.attributes(inode));
            storage.remove("/a");
            mounted.ticker.advance(Duration.ofMinutes(2));
            assertFails(Errno.ESTALE, () -> mounted.client.attributes(inode));
        }
    }

    @Test
    void theRootIsTheCollectionOfTheMountAndItsOwnParent() throws Exception {
        storage.directory("/zone");
        storage.directory("/zone/home");
        storage.object("/zone/home/a", 3);
        try (Mounted mounted = new Mounted(storage, "/zone/home", Mounted.config(directory))) {
            assertThat(mounted.client.walk("a").size()).isEqualTo(3);
            assertThat(mounted.client.find(1, "..").inode()).isEqualTo(Filesystem.ROOT_INODE);
            assertThat(mounted.client.find(1, ".").inode()).isEqualTo(Filesystem.ROOT_INODE);
        }
    }

    @Test
    void aDirectoryListsDotsAndChildrenInOrder() throws Exception {
        storage.directory("/d");
        storage.object("/d/b", 1);
        storage.directory("/d/a");
        try (Mounted mounted = mount()) {
            long inode = mounted.client.walk("d").inode();
            assertThat(mounted.client.list(inode, 100, false))
                    .extracting(Client.Listed::name)
                    .containsExactly(".", "..", "a", "b");
        }
    }

    @Test
    void aListingInSmallPagesIsCompleteAndCountsReferencesOfWhatWasTaken() throws Exception {
        for (int i = 0; i < 50; i++) {
            storage.object("/f" + i, i);
        }
        try (Mounted mounted = mount()) {
            List<Client.Listed> listed = mounted.client.list(1, 7, true);
            assertThat(listed).hasSize(52);
            Client.Listed file = listed.getLast();
            long inode = file.attributes().inode();
            assertThat(mounted.client.attributes(inode).attributes().size())
                    .isEqualTo(file.attributes().size());
            mounted.filesystem.forget(inode, 1);
            assertFails(Errno.ESTALE, () -> mounted.client.attributes(inode));
        }
    }

    @Test
    void aLongListingOfTenThousandIsOneCall() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            storage.object("/f" + i, i);
        }
        try (Mounted mounted = mount()) {
            for (Client.Listed listed : mounted.client.list(1, 100, true)) {
                if (!listed.name().startsWith(".")) {
                    mounted.client.attributes(listed.attributes().inode());
                    mounted.client.lookup(1, listed.name());
                }
            }
            assertThat(storage.calls()).containsExactly("list /");
        }
    }

    @Test
    void namesTooLongForTheKernelAreNotListed() throws Exception {
        storage.object("/" + "x".repeat(255), 1);
        storage.object("/" + "y".repeat(256), 1);
        try (Mounted mounted = mount()) {
            assertThat(mounted.client.list(1, 100, true))
                    .extracting(Client.Listed::name)
                    .containsExactly(".", "..", "x".repeat(255));
        }
    }

    @Test
    void aHandleListsTheDirectoryAsOfItsFirstReadUntilItIsRewound() throws Exception {
        storage.object("/a", 1);
        storage.object("/b", 1);
        try (Mounted mounted = mount()) {
            OpenedDirectory opened = mounted.client.openDirectory(1);
            List<Client.Listed> first = mounted.client.readDirectory(opened, 0, 3, false);
            storage.remove("/a");
            storage.object("/c", 1);
            mounted.ticker.advance(Duration.ofMinutes(2));
            assertThat(mounted.client.readDirectory(opened, first.getLast().nextOffset(), 9, false))
                    .extracting(Client.Listed::name)
                    .containsExactly("b");
            assertThat(mounted.client.readDirectory(opened, 0, 9, false))
                    .extracting(Client.Listed::name)
                    .containsExactly(".", "..", "b", "c");
        }
    }

    @Test
    void theKernelMayBelieveAttributesForWhatIsLeftOfTheirTime() throws Exception {
        storage.object("/a", 1);
        try (Mounted mounted = mount()) {
            assertThat(mounted.client.lookup(1, "a").attributeTtl()).isEqualTo(Duration.ofSeconds(60));
            mounted.ticker.advance(Duration.ofSeconds(45));
            assertThat(mounted.client.lookup(1, "a").attributeTtl()).isEqualTo(Duration.ofSeconds(15));
            assertThat(storage.calls("stat")).hasSize(1);
        }
    }

    @Test
    void spaceIsToldInBlocksAndAskedRarely() throws Exception {
        storage.tellSpace(new Space(1L << 40, 1L << 39));
        try (Mounted mounted = mount()) {
            FilesystemStatistics told = mounted.client.statistics();
            assertThat(told.blocks() * told.blockSize()).isEqualTo(1L << 40);
            assertThat(told.freeBlocks() * told.blockSize()).isEqualTo(1L << 39);
            assertThat(told.maxNameBytes()).isEqualTo(255);
            mounted.client.statistics();
            assertThat(storage.calls("space")).hasSize(1);
        }
    }

    @Test
    void unknownSpaceIsZeroBlocks() throws Exception {
        try (Mounted mounted = mount()) {
            assertThat(mounted.client.statistics().blocks()).isZero();
        }
    }
}
