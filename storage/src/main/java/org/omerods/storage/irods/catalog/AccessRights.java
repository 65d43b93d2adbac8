package org.omerods.storage.irods.catalog;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Access;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.StorageException;
import org.omerods.storage.SymbolicLink;

/**
 * What the session's user may do, by the access list that the catalog shows: his own entries and those of his groups.
 * Of administrators nothing is told, since what they may depends on the call. Thread-safe.
 */
public final class AccessRights {
    private static final int READ_OBJECT = 1050;
    private static final int MODIFY_OBJECT = 1120;
    private static final int OWN = 1200;
    private static final String ADMINISTRATOR = "rodsadmin";

    /** Memberships of groups change rarely; what is refused wrongly is at most as old as this. */
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private static final Query USER = Query.select(Column.USER_ID, Column.USER_TYPE);
    private static final Query GROUPS = Query.select(Column.USER_GROUP_ID);
    private static final Query OF_OBJECT = Query.select(Column.DATA_ACCESS_TYPE, Column.DATA_ACCESS_USER_ID);
    private static final Query OF_COLLECTION = Query.select(Column.COLL_ACCESS_TYPE, Column.COLL_ACCESS_USER_ID);

    private final CatalogCalls calls;
    private final String user;
    private final String zone;
    private volatile @Nullable Identity identity;

    AccessRights(CatalogCalls calls, String user, String zone) {
        this.calls = calls;
        this.user = user;
        this.zone = zone;
    }

    /** The numbers under which the user stands in access lists. */
    private record Identity(Set<Long> numbers, boolean administrator, long atNanos) {}

    public Access of(Entry entry) throws StorageException {
        Identity me = identity();
        if (me.administrator() || me.numbers().isEmpty() || entry.id() == 0) {
            return Access.UNKNOWN;
        }
        return switch (entry) {
            case Collection collection ->
                strongest(
                        me,
                        entry,
                        OF_COLLECTION,
                        Column.COLL_ACCESS_COLL_ID,
                        Column.COLL_ACCESS_USER_ID,
                        Column.COLL_ACCESS_TYPE);
            case DataObject object -> ofObject(me, object);
            case SymbolicLink link -> ofObject(me, link.object());
        };
    }

    private Access ofObject(Identity me, DataObject object) throws StorageException {
        return strongest(
                me, object, OF_OBJECT, Column.DATA_ACCESS_DATA_ID, Column.DATA_ACCESS_USER_ID, Column.DATA_ACCESS_TYPE);
    }

    private Access strongest(Identity me, Entry entry, Query rights, Column ofWhat, Column whose, Column level)
            throws StorageException {
        String path = entry.path().value();
        Query query = rights.where(ofWhat, Long.toString(entry.id()));
        List<Row> rows = calls.ask(
                "access",
                path,
                connection -> QueryRunner.run(connection, "access", path, query).getFirst());
        long strongest = rows.stream()
                .filter(row -> me.numbers().contains(row.number(whose)))
                .mapToLong(row -> row.number(level))
                .max()
                .orElse(-1);
        if (strongest < 0) {
            return Access.UNKNOWN; // visible all the same: by a ticket, or to everybody
        }
        if (strongest >= OWN) {
            return Access.OWN;
        }
        if (strongest >= MODIFY_OBJECT) {
            return Access.WRITE;
        }
        return strongest >= READ_OBJECT ? Access.READ : Access.NONE;
    }

    private Identity identity() throws StorageException {
        Identity known = identity;
        if (known != null && System.nanoTime() - known.atNanos() < BELIEVED.toNanos()) {
            return known;
        }
        List<List<Row>> answers = calls.ask(
                "access",
                user,
                connection -> QueryRunner.run(
                        connection,
                        "access",
                        user,
                        USER.where(Column.USER_NAME, user).where(Column.USER_ZONE, zone),
                        GROUPS.where(Column.USER_NAME, user).where(Column.USER_ZONE, zone)));
        Set<Long> numbers = new HashSet<>();
        answers.getFirst().forEach(row -> numbers.add(row.number(Column.USER_ID)));
        answers.getLast().forEach(row -> numbers.add(row.number(Column.USER_GROUP_ID)));
        boolean administrator = answers.getFirst().stream()
                .anyMatch(row -> row.get(Column.USER_TYPE).equals(ADMINISTRATOR));
        Identity fresh = new Identity(Set.copyOf(numbers), administrator, System.nanoTime());
        identity = fresh;
        return fresh;
    }
}
