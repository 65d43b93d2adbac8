package org.omerods.omero.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StoragePath;

class MountPathsTest {
    private static final MountPaths MOUNTS = new MountPaths(List.of(
            new MountPoint(StoragePath.of("/zone/home/lab"), Path.of("/slides")),
            new MountPoint(StoragePath.of("/zone/home"), Path.of("/irods/home")),
            new MountPoint(StoragePath.of("/zone/archive"), Path.of("/irods/archive"))));

    @Test
    void anObjectAppearsBelowTheFirstMountThatShowsIt() {
        assertThat(MOUNTS.local(StoragePath.of("/zone/home/lab/a.svs"))).contains(Path.of("/slides/a.svs"));
        assertThat(MOUNTS.local(StoragePath.of("/zone/home/labour/a.svs")))
                .contains(Path.of("/irods/home/labour/a.svs"));
        assertThat(MOUNTS.local(StoragePath.of("/zone/archive/a.svs"))).contains(Path.of("/irods/archive/a.svs"));
        assertThat(MOUNTS.local(StoragePath.of("/zone/trash/a.svs"))).isEmpty();
    }

    @Test
    void aPathOfEitherMountShowsItsObject() {
        assertThat(MOUNTS.remote(Path.of("/slides/a.svs"))).contains(StoragePath.of("/zone/home/lab/a.svs"));
        assertThat(MOUNTS.remote(Path.of("/irods/home/lab/a.svs"))).contains(StoragePath.of("/zone/home/lab/a.svs"));
        assertThat(MOUNTS.remote(Path.of("/irods/home/../archive"))).contains(StoragePath.of("/zone/archive"));
        assertThat(MOUNTS.remote(Path.of("/slidesX/a.svs"))).isEmpty();
    }

    @Test
    void collectionsWithinOthersAreLookedThroughOnce() {
        assertThat(MOUNTS.collections())
                .containsExactlyInAnyOrder(StoragePath.of("/zone/home"), StoragePath.of("/zone/archive"));
    }

    @Test
    void noMountAndOneOfEverythingAreRefused() {
        assertThatThrownBy(() -> new MountPaths(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MountPoint(StoragePath.ROOT, Path.of("/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below /");
    }
}
