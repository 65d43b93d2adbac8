package org.omerods.omero.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.storage.Avu;

/** Text of people as the values of triples. */
class TripleTextTest {
    private static String value(String text) {
        return TripleText.avu("a", text, "u").value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "Größe µm", "a\tb\nc", "'; drop table x; --", "<&>\"'", "\ud83d\udd2c", "  inside  "})
    void whatFitsStaysAsItIs(String text) {
        assertThat(value(text)).isEqualTo(text);
    }

    @Test
    void lineEndsBecomeOneNewline() {
        assertThat(value("a\r\nb\rc\nd")).isEqualTo("a\nb\nc\nd");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 0x0b, 0x1f, 0x7f, 0xd800, 0xdfff, 0xfffe, 0xffff})
    void whatDoesNotSurviveTheProtocolIsReplacedAndSeen(int character) {
        assertThat(value("a" + new String(new int[] {character}, 0, 1) + "b")).isEqualTo("a\ufffdb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u2003"})
    void anEmptyValueIsSaidToBeEmpty(String text) {
        assertThat(value(text)).isEqualTo(TripleText.EMPTY);
    }

    @Test
    void emptyUnitsStayEmpty() {
        assertThat(TripleText.avu("a", "v", "").units()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2700, false", "2701, true", "100000, true"})
    void whatIsTooLongIsCutAndMarked(int length, boolean cut) {
        String value = value("x".repeat(length));
        assertThat(value.endsWith(TripleText.CUT)).isEqualTo(cut);
        assertThat(value).hasSize(2700);
    }

    @Test
    void noCharacterIsCutInTwo() {
        String microscopes = "\ud83d\udd2c".repeat(3000);
        String value = value(microscopes);
        assertThat(value.codePointCount(0, value.length())).isEqualTo(TripleText.MAX_TEXT);
        assertThat(value.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void unitsHaveALimitOfTheirOwn() {
        Avu avu = TripleText.avu("a", "v", "u".repeat(300));
        assertThat(avu.units()).hasSize(TripleText.MAX_UNITS).endsWith(TripleText.CUT);
    }

    @Test
    void theSameTextAlwaysBecomesTheSame() {
        String text = "\u0001" + "long ".repeat(1000);
        assertThat(value(value(text))).isEqualTo(value(text));
    }
}
