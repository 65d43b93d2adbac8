package org.omerods.omero;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.omerods.omero.mapping.MirrorPolicy;
import org.omerods.omero.mapping.Term;

/** docs/companion.md says nothing that no test proves, and names all that is written. */
class CompanionDocumentTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final List<String> PACKAGES =
            List.of("org.omerods.omero.avu.", "org.omerods.omero.sync.", "org.omerods.storage.testing.");

    private static String document() throws IOException {
        return Files.readString(Path.of("..", "docs", "companion.md"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<MatchResult> named = TEST_NAME.matcher(document()).results().toList();
        assertThat(named).hasSizeGreaterThan(15);
        for (MatchResult name : named) {
            assertThat(methodsOf(name.group(1))).as(name.group(1)).contains(name.group(2));
        }
    }

    @Test
    void everyAttributeIsExplained() throws IOException {
        String document = document();
        for (Term term : Term.values()) {
            String attribute = term.attribute(MirrorPolicy.DEFAULT_PREFIX);
            String brief = attribute.substring(attribute.indexOf("::"));
            assertThat(document.contains("`" + attribute) || document.contains("`" + brief + "`"))
                    .as(attribute)
                    .isTrue();
        }
    }

    private static List<String> methodsOf(String className) {
        return PACKAGES.stream().flatMap(name -> methodsOf(name, className)).toList();
    }

    private static Stream<String> methodsOf(String name, String className) {
        try {
            return Arrays.stream(Class.forName(name + className).getDeclaredMethods())
                    .map(Method::getName);
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }
}
