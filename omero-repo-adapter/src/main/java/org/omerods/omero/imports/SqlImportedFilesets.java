package org.omerods.omero.imports;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;
import org.omerods.omero.remote.OmeroProgram.As;

/** Asks OMERO's database. Thread-safe. */
public final class SqlImportedFilesets implements ImportedFilesets {
    private static final String QUERY = """
            SELECT e.clientpath, e.fileset,
                   count(i.id) > 0 AND count(*) FILTER (WHERE i.id IS NOT NULL AND p.path IS NULL) = 0 AS complete
              FROM filesetentry e
              JOIN fileset f ON f.id = e.fileset
              JOIN experimenter o ON o.id = f.owner_id
              JOIN experimentergroup g ON g.id = f.group_id
              LEFT JOIN image i ON i.fileset = f.id
              LEFT JOIN pixels p ON p.image = i.id
             WHERE e.clientpath = ANY (?) AND (? = '' OR o.omename = ?) AND (? = '' OR g.name = ?)
             GROUP BY e.clientpath, e.fileset
             ORDER BY e.fileset DESC""";

    private final OmeroDatabase database;

    public SqlImportedFilesets(OmeroDatabase database) {
        this.database = database;
    }

    @Override
    public Map<String, List<Known>> find(As as, Set<String> clientPaths) throws OmeroException {
        try {
            return database.read(connection -> find(connection, as, clientPaths));
        } catch (SQLException e) {
            throw new OmeroException(
                    Reason.UNAVAILABLE, "look for imports in", "OMERO's database", String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, List<Known>> find(Connection connection, As as, Set<String> clientPaths)
            throws SQLException {
        Map<String, List<Known>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            Array paths = connection.createArrayOf("text", clientPaths.toArray());
            statement.setArray(1, paths);
            statement.setString(2, as.user());
            statement.setString(3, as.user());
            statement.setString(4, as.group());
            statement.setString(5, as.group());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getString(1), path -> new ArrayList<>())
                            .add(new Known(rows.getLong(2), rows.getBoolean(3)));
                }
            }
        }
        return found;
    }
}
