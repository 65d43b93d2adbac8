package org.omerods.fs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MountTableTest {
    private static final String MOUNTINFO = """
            22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
            30 22 0:44 / /mnt/a\\040b\\134c rw,nosuid - fuse.omerods irods://x\\040y ro,user_id=0
            31 22 0:45 / /mnt/two rw shared:2 master:1 - fuse.omerods first ro
            32 31 0:46 / /mnt/two rw - tmpfs second rw
            broken line
            """;

    @Test
    void escapesAreDecoded() {
        MountTable table = MountTable.parse(MOUNTINFO.getBytes(UTF_8));

        assertThat(table.entries()).hasSize(4);
        assertThat(table.at(Path.of("/mnt/a b\\c")))
                .contains(new MountTable.Entry("0:44", "/mnt/a b\\c", "fuse.omerods", "irods://x y"));
    }

    @Test
    void namesThatAreUtf8AreKept() {
        byte[] line = "30 22 0:44 / /mnt/日本 rw - fuse.omerods x ro\n".getBytes(UTF_8);
        assertThat(MountTable.parse(line).entries().getFirst().mountPoint()).isEqualTo("/mnt/日本");
    }

    @Test
    void topOfTwoMountsIsTheLast() {
        MountTable table = MountTable.parse(MOUNTINFO.getBytes(ISO_8859_1));

        assertThat(table.at(Path.of("/mnt/two")).map(MountTable.Entry::type)).contains("tmpfs");
        assertThat(table.contains("0:45", Path.of("/mnt/two"))).isTrue();
        assertThat(table.contains("0:44", Path.of("/mnt/two"))).isFalse();
        assertThat(table.at(Path.of("/mnt"))).isEmpty();
    }

    @Test
    void omerodsMountsAreThoseOfItsType() {
        assertThat(MountTable.parse(MOUNTINFO.getBytes(UTF_8)).omerods())
                .extracting(MountTable.Entry::device)
                .containsExactly("0:44", "0:45");
    }

    @Test
    void thisMachineHasARoot() throws IOException {
        assertThat(MountTable.read().at(Path.of("/"))).isPresent();
    }
}
