package org.omerods.fs.fuse;

import org.omerods.fs.fuse.jnr.JnrFuseDriver;

final class JnrFuseMountMetadataIT extends MountMetadataContractIT {
    @Override
    FuseDriver driver() {
        return new JnrFuseDriver();
    }

    @Override
    boolean opensNamesThatAreNotUtf8() {
        return false;
    }
}
