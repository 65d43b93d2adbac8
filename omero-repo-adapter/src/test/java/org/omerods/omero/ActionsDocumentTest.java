package org.omerods.omero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/companion-actions.md says nothing that no test proves. */
final class ActionsDocumentTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final List<String> PACKAGES = List.of("annotate", "imports", "links", "promotion", "remote");

    @Test
    void everyTestThatIsNamedExists() throws Exception {
        List<MatchResult> named = TEST_NAME
                .matcher(Files.readString(Path.of("..", "docs", "companion-actions.md")))
                .results()
                .toList();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named)
                .allSatisfy(name -> assertThat(methodsOf(name.group(1))).contains(name.group(2)));
    }

    private static List<String> methodsOf(String className) {
        for (String name : PACKAGES) {
            try {
                Class<?> found = Class.forName("org.omerods.omero." + name + "." + className);
                return Arrays.stream(found.getDeclaredMethods())
                        .map(Method::getName)
                        .toList();
            } catch (ClassNotFoundException _) {
                // perhaps in the next package
            }
        }
        return fail("no test class " + className);
    }
}
