package org.omerods.omero.annotate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;

/** Reads them from OMERO's database, thousands of images in one query. Thread-safe. */
public final class SqlPresentAnnotations implements PresentAnnotations {
    private static final String QUERY = """
            SELECT l.parent, a.id, v.name, v.value
              FROM imageannotationlink l
              JOIN annotation a ON a.id = l.child
              JOIN experimenter o ON o.id = a.owner_id
              LEFT JOIN annotation_mapvalue v ON v.annotation_id = a.id
             WHERE l.parent = ANY (?) AND a.ns = ? AND o.omename = ?
             ORDER BY l.parent, a.id, v."index\"""";

    private final OmeroDatabase database;
    private final String user;

    /** @param user the service account */
    public SqlPresentAnnotations(OmeroDatabase database, String user) {
        this.database = database;
        this.user = user;
    }

    @Override
    public Optional<Map<Long, List<StoredAnnotation>>> find(Set<Long> images, String namespace) throws OmeroException {
        try {
            return Optional.of(database.read(connection -> find(connection, images, namespace)));
        } catch (SQLException e) {
            throw new OmeroException(
                    Reason.UNAVAILABLE, "read annotations from", "OMERO's database", String.valueOf(e.getMessage()), e);
        }
    }

    private Map<Long, List<StoredAnnotation>> find(Connection connection, Set<Long> images, String namespace)
            throws SQLException {
        Map<Long, List<StoredAnnotation>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("bigint", images.toArray()));
            statement.setString(2, namespace);
            statement.setString(3, user);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(found.computeIfAbsent(rows.getLong(1), image -> new ArrayList<>()), rows);
                }
            }
        }
        return found;
    }

    private static void add(List<StoredAnnotation> annotations, ResultSet rows) throws SQLException {
        long id = rows.getLong(2);
        List<MapPair> pairs = new ArrayList<>();
        if (!annotations.isEmpty() && annotations.getLast().id() == id) {
            pairs.addAll(annotations.removeLast().pairs());
        }
        String name = rows.getString(3);
        String value = rows.getString(4);
        if (name != null) {
            pairs.add(new MapPair(name, value == null ? "" : value));
        }
        annotations.add(new StoredAnnotation(id, pairs));
    }
}
