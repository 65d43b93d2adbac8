package org.omerods.cli.mount;

import java.util.Map;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.vfs.Filesystem;

/** What a mount serves: the filesystem of one user, or of several. */
interface Served extends AutoCloseable {
    Filesystem filesystem();

    /** For `status`. */
    Map<String, Object> activity();

    /** What waits for its upload, by the name of the iRODS user; of one user by the empty name. */
    Map<String, Staging> stagings();

    /** Answers the commands about the cache. */
    ControlServer.Handler cache();

    @Override
    void close();
}
