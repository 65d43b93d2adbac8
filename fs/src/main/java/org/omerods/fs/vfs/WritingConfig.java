package org.omerods.fs.vfs;

import static java.util.Objects.requireNonNull;

import org.omerods.fs.staging.StagingConfig;

/** How a mount is written to. */
public record WritingConfig(StagingConfig staging, OwnershipChanges ownership) {
    public WritingConfig {
        requireNonNull(staging, "staging");
        requireNonNull(ownership, "ownership");
    }

    /** What chmod(2) and chown(2) are answered: iRODS has neither modes nor owners that are numbers. */
    public enum OwnershipChanges {
        /** They succeed and change nothing: cp, tar and rsync do their work without complaints. */
        ACCEPT,
        /** EPERM, unless nothing would change: a program finds out. */
        REFUSE,
        /** The permission bits of files are kept beside the objects; owners as with {@link #ACCEPT}. */
        KEEP
    }
}
