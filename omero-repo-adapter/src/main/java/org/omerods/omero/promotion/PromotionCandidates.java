package org.omerods.omero.promotion;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.OmeroException.Reason;

/**
 * Asks OMERO's database which files a policy moves. Files of filesets without images, or with images whose pixels cannot
 * be opened yet, are left out: their import is under way, or failed. Files of filesets lie in the managed repository, of
 * which a server has one. Thread-safe.
 */
public final class PromotionCandidates {
    /** Files whose fileset stands in an import: no image yet, or pixels without a path (set when the import is done). */
    private static final String QUERY = """
            SELECT DISTINCT o.id, o.path || o.name AS managed, o.size, g.name AS groupname, t.time AS since
              FROM originalfile o
              JOIN filesetentry e ON e.originalfile = o.id
              JOIN fileset f ON f.id = e.fileset
              JOIN experimentergroup g ON g.id = f.group_id
              JOIN event t ON t.id = f.update_id
             WHERE o.id > ? AND o.size >= ? AND t.time <= ?
               AND EXISTS (SELECT 1 FROM image i WHERE i.fileset = f.id)
               AND NOT EXISTS (SELECT 1 FROM image i LEFT JOIN pixels p ON p.image = i.id
                                WHERE i.fileset = f.id AND p.path IS NULL)
             ORDER BY o.id
             LIMIT ?""";

    private static final int PAGE = 1_000;

    private final OmeroDatabase database;

    public PromotionCandidates(OmeroDatabase database) {
        this.database = database;
    }

    /**
     * A page of them, in the order of their numbers.
     *
     * @param after number of the last one of the page before, -1 for the first page
     * @return empty when there are no more
     */
    public List<LocalFile> page(PromotionPolicy policy, Instant now, long after) throws OmeroException {
        List<LocalFile> files = new ArrayList<>();
        long last = after;
        // A page whose rows all fall to the policy's groups is not the end.
        while (files.isEmpty()) {
            List<LocalFile> all = query(policy, now, last);
            if (all.isEmpty()) {
                return files;
            }
            last = all.getLast().originalFile();
            all.stream()
                    .filter(file -> policy.groups().isEmpty() || policy.groups().contains(file.group()))
                    .forEach(files::add);
        }
        return files;
    }

    private List<LocalFile> query(PromotionPolicy policy, Instant now, long after) throws OmeroException {
        try {
            return database.read(connection -> query(connection, policy, now, after));
        } catch (SQLException e) {
            throw new OmeroException(
                    Reason.UNAVAILABLE, "look for files in", "OMERO's database", String.valueOf(e.getMessage()), e);
        }
    }

    private List<LocalFile> query(Connection connection, PromotionPolicy policy, Instant now, long after)
            throws SQLException {
        List<LocalFile> files = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setLong(1, after);
            statement.setLong(2, policy.minSize());
            statement.setTimestamp(3, Timestamp.from(now.minus(policy.minAge())));
            statement.setInt(4, PAGE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    files.add(new LocalFile(
                            rows.getLong("id"),
                            rows.getString("managed"),
                            rows.getLong("size"),
                            rows.getString("groupname"),
                            rows.getTimestamp("since").toInstant()));
                }
            }
        }
        return files;
    }
}
