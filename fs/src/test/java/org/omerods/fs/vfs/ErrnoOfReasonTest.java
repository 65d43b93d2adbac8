package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException.Reason;

/** The table of errors, as docs/semantics.md prints it. */
class ErrnoOfReasonTest {

    @Test
    void everyReasonHasItsErrno() {
        Map<Reason, Errno> table = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            table.put(reason, ErrnoOfReason.of(reason));
        }
        assertThat(table)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry(Reason.NOT_FOUND, Errno.ENOENT),
                        Map.entry(Reason.ALREADY_EXISTS, Errno.EEXIST),
                        Map.entry(Reason.NOT_A_COLLECTION, Errno.ENOTDIR),
                        Map.entry(Reason.IS_A_COLLECTION, Errno.EISDIR),
                        Map.entry(Reason.NOT_EMPTY, Errno.ENOTEMPTY),
                        Map.entry(Reason.ACCESS_DENIED, Errno.EACCES),
                        Map.entry(Reason.LOGIN_REFUSED, Errno.EACCES),
                        Map.entry(Reason.LOCKED, Errno.EBUSY),
                        Map.entry(Reason.STALE, Errno.ESTALE),
                        Map.entry(Reason.NO_GOOD_REPLICA, Errno.EIO),
                        Map.entry(Reason.NAME_TOO_LONG, Errno.ENAMETOOLONG),
                        Map.entry(Reason.INVALID, Errno.EINVAL),
                        Map.entry(Reason.UNSUPPORTED, Errno.EOPNOTSUPP),
                        Map.entry(Reason.READ_ONLY, Errno.EROFS),
                        Map.entry(Reason.NO_SPACE, Errno.ENOSPC),
                        Map.entry(Reason.UNAVAILABLE, Errno.EIO),
                        Map.entry(Reason.TIMEOUT, Errno.EIO),
                        Map.entry(Reason.CORRUPT, Errno.EIO),
                        Map.entry(Reason.INTERRUPTED, Errno.EINTR),
                        Map.entry(Reason.CLOSED, Errno.EIO)));
    }
}
