package org.omerods.fs.fuse;

import org.omerods.fs.fuse.dev.DevFuseDriver;

final class DevFuseMountMetadataIT extends MountMetadataContractIT {
    @Override
    FuseDriver driver() {
        return new DevFuseDriver();
    }
}
