package org.omerods.zone.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The XML dialect as it is read. */
final class XmlReaderTest {
    @Test
    void textKeepsBlanksAndNumbersDoNot() throws ApiException {
        XmlReader in = new XmlReader("<S>\n<t> a b </t> <n> 7 </n></S>".getBytes(UTF_8));
        in.open("S");
        assertThat(in.text("t")).isEqualTo(" a b ");
        assertThat(in.number("n")).isEqualTo(7);
        in.close("S");
    }

    @Test
    void missingNumberIsZeroAndMissingTextAnError() throws ApiException {
        XmlReader in = new XmlReader("<S></S>".getBytes(UTF_8));
        in.open("S");
        assertThat(in.number("n")).isZero();
        assertThat(in.optionalText("t")).isEmpty();
        assertThatThrownBy(() -> in.text("t")).hasMessageContaining("-15000");
    }

    @Test
    void entitiesAreDecodedOnce() throws ApiException {
        XmlReader in = new XmlReader("<t>&amp;lt; &lt;&gt;&quot;&apos;</t>".getBytes(UTF_8));
        assertThat(in.text("t")).isEqualTo("&lt; <>\"'");
    }

    @Test
    void numericEntityDamagesTheText() throws ApiException {
        assertThat(new XmlReader("<t>a&#100;b</t>".getBytes(UTF_8)).text("t")).isEqualTo("aa&#100;b");
    }

    @Test
    void whatTheWriterWritesIsReadBack() throws ApiException {
        String odd = "'\"<>& \t\n\u0001\u007f \u00e9\ud83d\ude00";
        byte[] xml = new XmlWriter().open("S").text("t", odd).close("S").bytes();
        XmlReader in = new XmlReader(xml);
        in.open("S");
        assertThat(in.text("t")).isEqualTo(odd);
        in.close("S");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] xml = "<t>\u00ff</t>".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> new XmlReader(xml).text("t")).hasMessageContaining("-806000");
    }

    @Test
    void tooLongTextIsRefused() throws ApiException {
        byte[] xml = ("<t>" + "\u00e9".repeat(5) + "</t>").getBytes(UTF_8);
        assertThat(new XmlReader(xml).text("t", 11)).hasSize(5);
        assertThatThrownBy(() -> new XmlReader(xml).text("t", 10)).hasMessageContaining("-308000");
    }
}
