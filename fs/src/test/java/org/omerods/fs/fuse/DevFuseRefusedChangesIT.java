package org.omerods.fs.fuse;

import org.omerods.fs.fuse.dev.DevFuseDriver;

final class DevFuseRefusedChangesIT extends RefusedChangesContractIT {
    @Override
    FuseDriver driver() {
        return new DevFuseDriver();
    }
}
