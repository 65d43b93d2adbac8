package org.omerods.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoragePathTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "/a//b", "/a/", "/.", "/a/..", "/a/../b", "/a\0b"})
    void refusesWhatIsNoPath(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new StoragePath(text));
    }

    @Test
    void forgivesWhatAPersonWrites() {
        assertThat(StoragePath.of("//zone///home/").value()).isEqualTo("/zone/home");
        assertThat(StoragePath.of("/")).isEqualTo(StoragePath.ROOT);
    }

    @Test
    void knowsParentNameAndChild() {
        StoragePath path = StoragePath.of("/zone/home/a");
        assertThat(path.name()).isEqualTo("a");
        assertThat(path.parent()).isEqualTo(StoragePath.of("/zone/home"));
        assertThat(path.parent().child("a")).isEqualTo(path);
        assertThat(StoragePath.of("/zone").parent()).isEqualTo(StoragePath.ROOT);
        assertThat(StoragePath.ROOT.parent()).isEqualTo(StoragePath.ROOT);
        assertThat(StoragePath.ROOT.child("zone").value()).isEqualTo("/zone");
    }

    @Test
    void siblingsWithACommonPrefixAreNotInside() {
        assertThat(StoragePath.of("/a/bc").isIn(StoragePath.of("/a/b"))).isFalse();
        assertThat(StoragePath.of("/a/b/c").isIn(StoragePath.of("/a/b"))).isTrue();
        assertThat(StoragePath.of("/a").isIn(StoragePath.ROOT)).isTrue();
    }

    @Test
    void lengthIsCountedInBytes() {
        assertThat(StoragePath.of("/ü\uDCFF").byteLength()).isEqualTo(4);
    }
}
