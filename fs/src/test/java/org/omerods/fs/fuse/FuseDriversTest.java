package org.omerods.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.omerods.fs.vfs.Filesystem;

final class FuseDriversTest {
    private record NamedDriver(String name, String unavailableBecause) implements FuseDriver {
        @Override
        public Mount mount(Filesystem filesystem, Path mountPoint, MountOptions options) {
            throw new AssertionError("nothing is mounted here");
        }
    }

    @Test
    void firstDriverThatWorksIsChosen() {
        assertThat(FuseDrivers.choose(new NamedDriver("one", ""), new NamedDriver("two", ""))
                        .name())
                .isEqualTo("one");
        assertThat(FuseDrivers.choose(new NamedDriver("one", "no"), new NamedDriver("two", ""))
                        .name())
                .isEqualTo("two");
    }

    @Test
    void reasonsOfAllDriversAreGivenWhenNoneWorks() {
        assertThatThrownBy(() ->
                        FuseDrivers.choose(new NamedDriver("one", "no device"), new NamedDriver("two", "no library")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one: no device")
                .hasMessageContaining("two: no library");
    }

    @Test
    void unknownDriverIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> FuseDrivers.choose("ntfs"))
                .hasMessageContaining("'ntfs'")
                .hasMessageContaining("auto, dev, jnr");
    }
}
