package org.omerods.omero.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which links hang on what. When a link is removed the event log tells its number and nothing else, and the row is gone;
 * so the links that are there are remembered. Filled when the companion starts, and by every link that is made; a removal
 * of one that it never saw is for the comparison of everything. Not thread-safe.
 */
public final class LinkIndex {
    /** Links that are remembered, of each kind; with more, removals of the others are left to the comparison. */
    private static final int MAX_ENTRIES = 4_000_000;

    private static final int FETCH_ROWS = 10_000;

    private static final Map<EntityKind, String> QUERIES = new EnumMap<>(Map.of(
            EntityKind.PROJECT_DATASET_LINK, "select id, child from projectdatasetlink",
            EntityKind.DATASET_IMAGE_LINK, "select id, child from datasetimagelink",
            EntityKind.SCREEN_PLATE_LINK, "select id, child from screenplatelink",
            EntityKind.IMAGE_ANNOTATION_LINK, "select id, parent from imageannotationlink",
            EntityKind.FILESET_ANNOTATION_LINK, "select id, parent from filesetannotationlink",
            EntityKind.ROI, "select id, image from roi where image is not null"));

    private final Map<EntityKind, LongMap> targets = new EnumMap<>(EntityKind.class);

    /** Remembers all links that are there. */
    public void load(Connection connection) throws SQLException {
        for (Map.Entry<EntityKind, String> query : QUERIES.entrySet()) {
            LongMap map = map(query.getKey());
            map.clear();
            try (PreparedStatement statement =
                    connection.prepareStatement(query.getValue() + limit(query.getValue()))) {
                statement.setFetchSize(FETCH_ROWS);
                read(statement, map);
            }
        }
    }

    /** Remembers these, which may be new. */
    void learn(Connection connection, EntityKind kind, Set<Long> ids) throws SQLException {
        LongMap map = map(kind);
        String query = QUERIES.get(kind);
        if (query == null || map.size() >= MAX_ENTRIES) {
            return;
        }
        Array array = connection.createArrayOf("bigint", ids.toArray());
        String where = query.contains(" where ") ? " and id = any(?)" : " where id = any(?)";
        try (PreparedStatement statement = connection.prepareStatement(query + where)) {
            statement.setArray(1, array);
            read(statement, map);
        }
    }

    /** What these hung on. */
    Known find(EntityKind kind, Set<Long> ids) {
        LongMap map = map(kind);
        Set<Long> found = new HashSet<>();
        int unknown = 0;
        for (long id : ids) {
            long target = map.get(id);
            if (target == 0) {
                unknown++;
            } else {
                found.add(target);
            }
        }
        return new Known(found, unknown);
    }

    /**
     * Answer of {@link #find}.
     *
     * @param targets image, dataset, plate or fileset, as the kind of the link has it
     * @param unknown links that were never seen
     */
    record Known(Set<Long> targets, int unknown) {}

    private LongMap map(EntityKind kind) {
        return targets.computeIfAbsent(kind, k -> new LongMap());
    }

    private static String limit(String query) {
        return (query.contains(" where ") ? " and" : " where") + " id > 0 order by id desc limit " + MAX_ENTRIES;
    }

    private static void read(PreparedStatement statement, LongMap map) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                map.put(rows.getLong(1), rows.getLong(2));
            }
        }
    }
}
