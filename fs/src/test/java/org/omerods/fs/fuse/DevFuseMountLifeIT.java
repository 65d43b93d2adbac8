package org.omerods.fs.fuse;

import org.omerods.fs.fuse.dev.DevFuseDriver;

final class DevFuseMountLifeIT extends MountLifeContractIT {
    @Override
    FuseDriver driver() {
        return new DevFuseDriver();
    }
}
