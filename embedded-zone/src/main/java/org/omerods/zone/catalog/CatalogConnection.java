package org.omerods.zone.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One SQLite connection with its prepared statements. One thread at a time uses it. */
public final class CatalogConnection implements AutoCloseable {
    /** Statements that this server issues over and over are fewer; more would be queries of clients. */
    private static final int MAX_STATEMENTS = 200;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    CatalogConnection(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value out of the current row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        List<T> result = new ArrayList<>();
        try (ResultSet rows = bind(statement(sql), arguments).executeQuery()) {
            while (rows.next()) {
                result.add(mapper.map(rows));
            }
        }
        return result;
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(statement(sql), arguments).executeQuery()) {
            return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
        }
    }

    /** The number in the first column of the first row, or {@code missing}. */
    public long number(String sql, long missing, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(statement(sql), arguments).executeQuery()) {
            return rows.next() ? rows.getLong(1) : missing;
        }
    }

    /** Whether a query has a row. */
    public boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = bind(statement(sql), arguments).executeQuery()) {
            return rows.next();
        }
    }

    /** Changes rows; returns how many. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(statement(sql), arguments).executeUpdate();
    }

    /** A statement of its own, for a cursor that stays open. */
    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Sets all arguments of {@code statement}. */
    public static PreparedStatement bind(PreparedStatement statement, @Nullable Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
            if (statements.size() > MAX_STATEMENTS) {
                var eldest = statements.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
        }
        return statement;
    }
}
