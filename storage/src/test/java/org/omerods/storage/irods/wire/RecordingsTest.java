package org.omerods.storage.irods.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real server and its own clients were recorded to say is read, and written alike. */
class RecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EMPTY_RESULTS = Pattern.compile("\\{\\{EMPTY_SQLRESULT x(\\d+)\\}\\}");
    private static final String EMPTY_RESULT =
            "<SqlResult_PI>\n<attriInx>0</attriInx>\n<reslen>0</reslen>\n</SqlResult_PI>";

    private static final List<JsonNode> MESSAGES = new ArrayList<>();

    @BeforeAll
    static void readRecordings() throws IOException {
        Path shared = shared().resolve("irods-wire/transcripts");
        assumeTrue(Files.isDirectory(shared), "needs the recordings of ../shared/irods-wire");
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    MESSAGES.add(JSON.readTree(line));
                }
            }
        }
    }

    static Path shared() {
        String named = System.getProperty("omerods.shared", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        Path project = Path.of("").toAbsolutePath();
        while (project.getParent() != null && !Files.exists(project.resolve("mvnw"))) {
            project = project.getParent();
        }
        return project.resolveSibling("shared");
    }

    private static Stream<JsonNode> messages(String direction, String api) {
        return MESSAGES.stream()
                .filter(m -> m.path("dir").asText().equals(direction))
                .filter(m -> m.path("api").asText().equals(api))
                .filter(m -> m.path("msg").isTextual());
    }

    private static byte[] body(JsonNode message) {
        String text = message.get("msg").asText();
        Matcher matcher = EMPTY_RESULTS.matcher(text);
        if (matcher.find()) {
            text = matcher.replaceAll(
                    String.join("\n", java.util.Collections.nCopies(Integer.parseInt(matcher.group(1)), EMPTY_RESULT)));
        }
        JsonNode buffer = message.path("buf_text");
        if (buffer.isTextual()) {
            byte[] bytes = buffer.asText().getBytes(StandardCharsets.UTF_8);
            text = text.replace("{{b64(buf_text)}}", Base64.getEncoder().encodeToString(bytes));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyHeaderIsRead() throws Exception {
        int count = 0;
        for (JsonNode message : MESSAGES) {
            if (message.path("header").isTextual()
                    && message.path("dir").asText().equals("S>C")) {
                MessageHeader header =
                        MessageHeader.parse(message.get("header").asText().getBytes(StandardCharsets.UTF_8));
                assertThat(header.messageLength())
                        .isEqualTo(message.get("msgLen").asInt());
                assertThat(header.info()).isEqualTo(message.get("intInfo").asInt());
                count++;
            }
        }
        assertThat(count).isGreaterThan(100);
    }

    @Test
    void everyQueryPageIsRead() throws Exception {
        int rows = 0;
        for (JsonNode message : messages("S>C", "GEN_QUERY").toList()) {
            rows += QueryPage.parse(body(message)).rowCount();
        }
        assertThat(rows).isGreaterThan(300);
    }

    @Test
    void everySeekAndEveryOpenIsRead() throws Exception {
        for (JsonNode message : messages("S>C", "DATA_OBJ_LSEEK").toList()) {
            ObjectMessages.seekReply(body(message));
        }
        List<JsonNode> opens = messages("S>C", "REPLICA_OPEN")
                .filter(m -> m.path("intInfo").asInt() > 0)
                .toList();
        assertThat(opens).hasSizeGreaterThan(20);
        for (JsonNode message : opens) {
            assertThat(OpenedReplica.parse(body(message)).version().id()).isPositive();
        }
    }

    @Test
    void everyErrorStackHasAText() {
        Stream<JsonNode> stacks = MESSAGES.stream()
                .filter(m ->
                        m.path("dir").asText().equals("S>C") && m.path("error").isTextual());
        assertThat(stacks.map(
                        m -> ErrorStack.firstMessage(m.get("error").asText().getBytes(StandardCharsets.UTF_8))))
                .isNotEmpty()
                .allMatch(text -> text.length() < 400);
    }

    @Test
    void requestsHaveTheElementsOfRecordedOnesInTheirOrder() {
        assertSameElements("REPLICA_OPEN", ObjectMessages.open("/p", 0, Map.of()));
        assertSameElements("DATA_OBJ_READ", ObjectMessages.read(3, 4));
        assertSameElements("DATA_OBJ_LSEEK", ObjectMessages.seek(3, 4));
        assertSameElements("DATA_OBJ_CLOSE", ObjectMessages.close(3));
        assertSameElements("DATA_OBJ_RENAME", ObjectMessages.rename("/a", "/b", ObjectMessages.RENAME_OBJECT));
        assertSameElements("DATA_OBJ_UNLINK", ObjectMessages.objectPath("/a", Map.of("forceFlag", "")));
        assertSameElements("COLL_CREATE", CatalogMessages.collection("/a", Map.of()));
        assertSameElements("TICKET_ADMIN", SessionMessages.useTicket("t"));
        assertSameElements("GEN_QUERY", CatalogMessages.query(256, 0, List.of(403), Map.of(501, "='/x'")));
    }

    /** Repeated elements count once; clients differ in whether an empty list has an empty element. */
    private static void assertSameElements(String api, byte[] ours) {
        List<String> shapes = messages("C>S", api)
                .map(m -> shape(m.get("msg").asText()))
                .distinct()
                .toList();
        assertThat(shapes).as(api).contains(shape(new String(ours, StandardCharsets.UTF_8)));
    }

    private static String shape(String xml) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile("<(\\w+)>").matcher(xml);
        while (matcher.find()) {
            String name = matcher.group(1);
            boolean listElement = name.equals("keyWord") || name.equals("svalue");
            if (!listElement && (names.isEmpty() || !names.getLast().equals(name))) {
                names.add(name);
            }
        }
        return String.join(" ", names);
    }
}
