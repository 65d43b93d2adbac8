package org.omerods.fs.fuse;

import org.omerods.fs.fuse.jnr.JnrFuseDriver;

final class JnrFuseMountLifeIT extends MountLifeContractIT {
    @Override
    FuseDriver driver() {
        return new JnrFuseDriver();
    }
}
