package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.omerods.storage.StorageException.Reason;

/** docs/semantics.md says nothing that no test proves. */
class SemanticsDocumentTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final List<String> PACKAGES = List.of("vfs", "block", "meta", "plan", "plan.layout", "fuse.dev");

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "semantics.md"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<MatchResult> named = TEST_NAME.matcher(document()).results().toList();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named)
                .allSatisfy(name -> assertThat(methodsOf(name.group(1))).contains(name.group(2)));
    }

    private static List<String> methodsOf(String className) {
        for (String name : PACKAGES) {
            try {
                Class<?> found = Class.forName("org.omerods.fs." + name + "." + className);
                return Arrays.stream(found.getDeclaredMethods())
                        .map(Method::getName)
                        .toList();
            } catch (ClassNotFoundException _) {
                // perhaps in the next package
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
