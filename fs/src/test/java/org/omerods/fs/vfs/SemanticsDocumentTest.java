package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException.Reason;

/** docs/semantics.md says nothing that no test proves. */
class SemanticsDocumentTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final List<Path> SOURCES = List.of(Path.of("src/test/java"), Path.of("..", "cli", "src/test/java"));

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "semantics.md"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<MatchResult> named = TEST_NAME.matcher(document()).results().toList();
        assertThat(named).hasSizeGreaterThan(30);
        for (MatchResult name : named) {
            assertThat(sourceOf(name.group(1))).as(name.group()).contains("void " + name.group(2) + "(");
        }
    }

    /** Of this module, or of the program, whose tests have processes of their own. */
    private static String sourceOf(String className) throws IOException {
        for (Path tree : SOURCES) {
            try (Stream<Path> files = Files.walk(tree)) {
                Optional<Path> found =
                        files.filter(file -> file.endsWith(className + ".java")).findFirst();
                if (found.isPresent()) {
                    return Files.readString(found.get());
                }
            }
        }
        return fail("no test class " + className);
    }

    @Test
    void theTableOfErrorsIsThatOfTheProgram() throws IOException {
        String document = document();
        for (Reason reason : Reason.values()) {
            assertThat(document).contains("| " + reason + " | " + ErrnoOfReason.of(reason) + " |");
        }
    }
}
