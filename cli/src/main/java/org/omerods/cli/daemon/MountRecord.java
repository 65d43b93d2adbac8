package org.omerods.cli.daemon;

import static java.util.Objects.requireNonNull;

/**
 * What is written down of a mount while it is up.
 *
 * @param pid of the serving process
 * @param source {@code irods://user@host:port/path}
 * @param started ISO time
 * @param log file of its log; empty when it logs to a terminal
 */
public record MountRecord(long pid, String mountPoint, String source, String driver, String started, String log) {
    public MountRecord {
        requireNonNull(mountPoint, "mountPoint");
        requireNonNull(source, "source");
        requireNonNull(driver, "driver");
        requireNonNull(started, "started");
        requireNonNull(log, "log");
    }

    /** Whether its process still runs. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
