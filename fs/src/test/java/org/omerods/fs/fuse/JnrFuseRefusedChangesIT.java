package org.omerods.fs.fuse;

import org.omerods.fs.fuse.jnr.JnrFuseDriver;

final class JnrFuseRefusedChangesIT extends RefusedChangesContractIT {
    @Override
    FuseDriver driver() {
        return new JnrFuseDriver();
    }
}
