package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omerods.fs.vfs.ReadingTest.assertFails;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;

/** Catalog facts and triples as extended attributes. */
class ExtendedAttributesTest {
    @TempDir
    Path directory;

    private final GeneratedStorage storage = new GeneratedStorage();

    @Test
    void catalogFactsOfAnObjectAreExtendedAttributes() throws Exception {
        DataObject object = storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.path"))
                    .isEqualTo("/a");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.data_id"))
                    .isEqualTo(Long.toString(object.id()));
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.checksum"))
                    .isEqualTo("sha2:version1");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.replica"))
                    .isEqualTo("2");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.status"))
                    .isEqualTo("good");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.resource"))
                    .isEqualTo("demoResc");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.owner"))
                    .isEqualTo("alice");
        }
    }

    @Test
    void aCollectionHasItsPathAndId() throws Exception {
        long id = storage.directory("/d").id();
        storage.annotate("/d", new Avu("project", "x", ""));
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            assertThat(mounted.client.extendedAttributes(
                            mounted.client.walk("d").inode()))
                    .containsExactly(
                            "user.irods.path",
                            "user.irods.collection_id",
                            "user.irods.owner",
                            "user.irods.avu.project");
            assertThat(mounted.client.extendedAttribute(mounted.client.walk("d").inode(), "user.irods.collection_id"))
                    .isEqualTo(Long.toString(id));
        }
    }

    @Test
    void severalTriplesOfAnAttributeAreLinesAndUnitsFollowATab() throws Exception {
        storage.object("/a", 10);
        storage.annotate(
                "/a", new Avu("stain", "HE", ""), new Avu("scale", "0.25", "um/px"), new Avu("stain", "CD3", ""));
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.avu.stain"))
                    .isEqualTo("CD3\nHE");
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.avu.scale"))
                    .isEqualTo("0.25\tum/px");
        }
    }

    @Test
    void whatTheKernelCannotCarryIsLeftOut() throws Exception {
        storage.object("/a", 10);
        storage.annotate(
                "/a",
                new Avu("x".repeat(240), "fits", ""),
                new Avu("y".repeat(241), "name too long", ""),
                new Avu("z", "v".repeat((64 << 10) + 1), ""),
                new Avu("n\0ul", "v", ""));
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            assertThat(mounted.client.extendedAttributes(inode))
                    .filteredOn(name -> name.startsWith("user.irods.avu."))
                    .containsExactly("user.irods.avu." + "x".repeat(240));
            assertFails(Errno.ENODATA, () -> mounted.client.extendedAttribute(inode, "user.irods.avu.z"));
        }
    }

    @Test
    void namesBeyondTheKernelsListAreLeftOut() throws Exception {
        storage.object("/a", 10);
        Avu[] many = new Avu[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Avu("a".repeat(200) + i, "v", "");
        }
        storage.annotate("/a", many);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            int bytes = mounted
                    .client
                    .extendedAttributes(mounted.client.walk("a").inode())
                    .stream()
                    .mapToInt(name -> name.length() + 1)
                    .sum();
            assertThat(bytes).isBetween((64 << 10) - 256, 64 << 10);
        }
    }

    @Test
    void anAttributeThatIsNotThereIsEnodata() throws Exception {
        storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            assertFails(Errno.ENODATA, () -> mounted.client.extendedAttribute(inode, "user.irods.avu.none"));
            assertFails(Errno.ENODATA, () -> mounted.client.extendedAttribute(inode, "user.irods.none"));
        }
    }

    @Test
    void otherNamespacesAreAnsweredWithoutAskingAnybody() throws Exception {
        storage.object("/a", 10);
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            storage.forgetCalls();
            assertFails(Errno.ENODATA, () -> mounted.client.extendedAttribute(inode, "system.posix_acl_access"));
            assertFails(Errno.ENODATA, () -> mounted.client.extendedAttribute(inode, "security.capability"));
            assertThat(storage.calls()).isEmpty();
        }
    }

    @Test
    void triplesAreAskedForOnceInTheirTime() throws Exception {
        storage.object("/a", 10);
        storage.annotate("/a", new Avu("a", "1", ""));
        try (Mounted mounted = new Mounted(storage, Mounted.config(directory))) {
            long inode = mounted.client.walk("a").inode();
            mounted.client.extendedAttributes(inode);
            storage.annotate("/a", new Avu("a", "2", ""));
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.avu.a"))
                    .isEqualTo("1");
            assertThat(storage.calls("avus")).hasSize(1);
            mounted.ticker.advance(Duration.ofSeconds(61));
            assertThat(mounted.client.extendedAttribute(inode, "user.irods.avu.a"))
                    .isEqualTo("2");
        }
    }
}
