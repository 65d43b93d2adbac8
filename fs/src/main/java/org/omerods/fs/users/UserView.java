package org.omerods.fs.users;

import static java.util.Objects.requireNonNull;

import org.omerods.fs.vfs.Filesystem;

/**
 * The filesystem as one user of the place sees it.
 *
 * @param user name of the user of the place, for messages
 * @param filesystem with the rights of that user
 * @param close ends it; may take as long as uploads that are under way
 */
public record UserView(String user, Filesystem filesystem, Runnable close) {
    public UserView {
        requireNonNull(user, "user");
        requireNonNull(filesystem, "filesystem");
        requireNonNull(close, "close");
    }
}
