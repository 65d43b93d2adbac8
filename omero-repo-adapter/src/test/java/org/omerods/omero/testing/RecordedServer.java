package org.omerods.omero.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The database and the managed repository of a real OMERO server, as recorded: every change of every row, replayed
 * transaction by transaction in its true order. The recordings are no part of the project; where they are missing, tests
 * that need them are skipped. Not thread-safe.
 */
public final class RecordedServer implements AutoCloseable {
    /** Root of the repository on the recorded machine. */
    public static final String REPOSITORY_ROOT = "/OMERO/ManagedRepository";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestPostgres.Database database;
    private final Connection connection;
    private final Path managedRepository;
    private final Map<String, List<String>> keys;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, List<JsonNode>> files = new HashMap<>();

    /** One step of the scenario: its transactions in order. */
    public record Step(String name, List<List<JsonNode>> transactions) {}

    private RecordedServer(
            TestPostgres.Database database,
            Connection connection,
            Path managedRepository,
            Map<String, List<String>> keys) {
        this.database = database;
        this.connection = connection;
        this.managedRepository = managedRepository;
        this.keys = keys;
    }

    /** Folder of the recordings; skips the test when it is missing. */
    public static Path recordings() {
        Path shared =
                Path.of(System.getProperty("omerods.shared", "../../shared")).resolve("omero-recordings");
        Path beside = Path.of("../../../shared/omero-recordings");
        Path folder = Files.isDirectory(shared) ? shared : beside;
        assumeTrue(Files.isDirectory(folder), "no recordings of an OMERO server: " + shared + " is missing");
        return folder;
    }

    /**
     * The fresh database, before the first step.
     *
     * @param managedRepository an empty folder, which becomes what {@link #REPOSITORY_ROOT} was
     */
    public static RecordedServer start(Path managedRepository) throws IOException, SQLException {
        Path folder = recordings();
        TestPostgres.Database database = TestPostgres.newDatabase();
        Connection connection = database.connect();
        RecordedServer server =
                new RecordedServer(database, connection, managedRepository, createTables(connection, folder));
        connection.setAutoCommit(false);
        for (JsonNode line : lines(folder.resolve("base.jsonl"))) {
            server.insert(line.get("table").asText(), line.get("row"));
        }
        connection.commit();
        server.readSteps(folder);
        return server;
    }

    public TestPostgres.Database database() {
        return database;
    }

    public List<Step> steps() {
        return List.copyOf(steps.values());
    }

    /** Replays a whole step. */
    public void replay(Step step) throws SQLException, IOException {
        changeFiles(step);
        for (List<JsonNode> transaction : step.transactions()) {
            replay(transaction);
        }
    }

    /** Replays one transaction of a step. */
    public void replay(List<JsonNode> transaction) throws SQLException {
        for (JsonNode change : transaction) {
            String table = change.get("table").asText();
            if (!keys.containsKey(table)) {
                continue;
            }
            switch (change.get("op").asText()) {
                case "insert" -> insert(table, change.get("row"));
                case "update" -> {
                    delete(table, change.get("row"));
                    insert(table, change.get("row"));
                }
                case "delete" -> delete(table, change.get("row"));
                default -> throw new IllegalStateException("unknown change " + change);
            }
        }
        connection.commit();
    }

    /** Makes and removes the links and files of the managed repository that the step made and removed. */
    public void changeFiles(Step step) throws IOException {
        for (JsonNode change : files.getOrDefault(step.name(), List.of())) {
            String name = change.get("path").asText();
            if (!name.startsWith(REPOSITORY_ROOT + "/")) {
                continue;
            }
            Path path = managedRepository.resolve(name.substring(REPOSITORY_ROOT.length() + 1));
            String operation = change.get("op").asText();
            String kind = change.path("kind").asText();
            if (kind.equals("dir")) {
                if (!operation.startsWith("del") && !operation.startsWith("rem")) {
                    Files.createDirectories(path);
                }
                continue;
            }
            Files.deleteIfExists(path);
            if (!operation.startsWith("del") && !operation.startsWith("rem")) {
                Files.createDirectories(path.getParent());
                if (kind.equals("link")) {
                    Files.createSymbolicLink(path, Path.of(change.get("target").asText()));
                } else {
                    createFile(path);
                }
            }
        }
    }

    private static void createFile(Path path) throws IOException {
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            // a hard link that was recorded twice
        }
    }

    private void readSteps(Path folder) throws IOException {
        Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
        for (JsonNode line : lines(folder.resolve("rows.jsonl"))) {
            rows.computeIfAbsent(line.get("step").asText(), s -> new ArrayList<>())
                    .add(line);
        }
        rows.forEach((name, changes) -> steps.put(name, new Step(name, transactions(changes))));
        for (JsonNode line : lines(folder.resolve("files.jsonl"))) {
            files.computeIfAbsent(line.get("step").asText(), s -> new ArrayList<>())
                    .add(line);
        }
    }

    /** By transaction number; a removed row has none and belongs where the event log says that it was removed. */
    private static List<List<JsonNode>> transactions(List<JsonNode> changes) {
        List<List<JsonNode>> result = new ArrayList<>();
        for (String when : List.of("at_exit", "late", "between steps")) {
            List<JsonNode> part = changes.stream()
                    .filter(change -> change.get("when").asText().equals(when))
                    .toList();
            Map<String, Long> removals = new HashMap<>();
            for (JsonNode change : part) {
                JsonNode row = change.get("row");
                if (change.get("table").asText().equals("eventlog")
                        && row.get("action").asText().equals("DELETE")) {
                    String type = row.get("entitytype").asText();
                    String table = type.endsWith("Annotation")
                            ? "annotation"
                            : type.substring(type.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
                    removals.put(
                            table + " " + row.get("entityid").asLong(),
                            change.path("xmin").asLong());
                }
            }
            TreeMap<Long, List<JsonNode>> byNumber = new TreeMap<>();
            for (JsonNode change : part) {
                long number = change.path("xmin").asLong(Long.MAX_VALUE);
                if (change.get("op").asText().equals("delete")) {
                    String key = change.get("table").asText() + " "
                            + change.get("row").path("id").asLong();
                    number = removals.getOrDefault(key, Long.MAX_VALUE);
                }
                byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(change);
            }
            // Rows that went without a word go with the last transaction that is known.
            result.addAll(byNumber.values());
        }
        return result;
    }

    private void insert(String table, JsonNode row) throws SQLException {
        if (!keys.containsKey(table)) {
            return;
        }
        run(
                "insert into \"" + table + "\" select * from jsonb_populate_record(null::\"" + table + "\", ?::jsonb)",
                row);
    }

    private void delete(String table, JsonNode row) throws SQLException {
        List<String> key = keys.getOrDefault(table, List.of());
        ObjectNode wanted = JSON.createObjectNode();
        Set<String> columns = new LinkedHashSet<>(key);
        if (columns.isEmpty()) {
            row.fieldNames().forEachRemaining(columns::add);
        }
        columns.forEach(column -> wanted.set(column, row.get(column)));
        String condition = columns.stream()
                .map(column -> "t.\"" + column + "\" = k.\"" + column + "\"")
                .collect(Collectors.joining(" and "));
        run(
                "delete from \"" + table + "\" t using jsonb_populate_record(null::\"" + table
                        + "\", ?::jsonb) k where " + condition,
                wanted);
    }

    private void run(String sql, JsonNode row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.toString());
            statement.executeUpdate();
        }
    }

    /** Creates the recorded tables with their primary keys; returns the key columns of each. */
    private static Map<String, List<String>> createTables(Connection connection, Path folder)
            throws IOException, SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("columns.csv"))) {
            String[] cells = line.split(",", -1);
            if (!cells[1].equals("table")) {
                continue;
            }
            String type = switch (cells[3]) {
                case "USER-DEFINED" -> "text";
                case "ARRAY" -> "text[]";
                default -> cells[3];
            };
            columns.computeIfAbsent(cells[0], t -> new ArrayList<>()).add("\"" + cells[2] + "\" " + type);
        }
        Map<String, List<String>> keys = new HashMap<>();
        columns.keySet().forEach(table -> keys.put(table, List.of()));
        List<String> indexes = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("keys.csv"))) {
            String[] cells = line.split(",", 4);
            String definition = cells[3].replace("\"\"", "'").replace("\"", "").replace("'", "\"");
            if (cells[2].equals("primary") && keys.containsKey(cells[0])) {
                String list = definition.substring(definition.indexOf('(') + 1, definition.lastIndexOf(')'));
                keys.put(
                        cells[0],
                        Stream.of(list.split(", *"))
                                .map(name -> name.replace("\"", ""))
                                .toList());
            } else if (cells[2].equals("index") && definition.matches("btree \\(\\w+\\)")) {
                indexes.add("create index on \"" + cells[0] + "\" using " + definition);
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, List<String>> table : columns.entrySet()) {
                List<String> key = keys.getOrDefault(table.getKey(), List.of());
                String primary = key.isEmpty()
                        ? ""
                        : key.stream()
                                .map(name -> "\"" + name + "\"")
                                .collect(Collectors.joining(",", ", primary key (", ")"));
                statement.execute("create table \"" + table.getKey() + "\" (" + String.join(",", table.getValue())
                        + primary + ")");
            }
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute("grant select on all tables in schema public to " + TestPostgres.READER);
            statement.execute("revoke select on password, session from " + TestPostgres.READER);
        }
        return keys;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> result = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            result.add(JSON.readTree(line));
        }
        return result;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
