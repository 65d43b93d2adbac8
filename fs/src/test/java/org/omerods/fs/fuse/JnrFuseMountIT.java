package org.omerods.fs.fuse;

import org.omerods.fs.fuse.jnr.JnrFuseDriver;

final class JnrFuseMountIT extends MountContractIT {
    @Override
    FuseDriver driver() {
        return new JnrFuseDriver();
    }

    @Override
    int largestRequest() {
        return 1 << 17;
    }
}
