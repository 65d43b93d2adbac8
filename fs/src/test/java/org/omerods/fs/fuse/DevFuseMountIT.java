package org.omerods.fs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.omerods.fs.fuse.dev.DevFuseDriver;

final class DevFuseMountIT extends MountContractIT {
    @Override
    FuseDriver driver() {
        return new DevFuseDriver();
    }

    @Override
    int largestRequest() {
        return 1 << 20;
    }

    @Test
    void largeListingTakesNoCallPerEntry() throws Exception {
        FakeFilesystem.Node folder = filesystem.directory(filesystem.root, "folder");
        for (int i = 0; i < 10_000; i++) {
            filesystem.file(folder, "slide-%05d.svs".formatted(i), new byte[0]);
        }
        mount();

        String listing = Shell.check("ls", "-l", mountPoint.resolve("folder").toString());

        assertThat(listing.lines()).hasSize(10_001);
        long calls = filesystem.calls.values().stream()
                .mapToLong(count -> count.sum())
                .sum();
        assertThat(calls).as("%s", filesystem.calls).isLessThan(600);
    }
}
