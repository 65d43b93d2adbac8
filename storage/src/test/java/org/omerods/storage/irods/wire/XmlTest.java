package org.omerods.storage.irods.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's dialect of XML. */
class XmlTest {
    private static final long SEED = 4711;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "it's \"quoted\" & <tagged>",
                "a&apos;b",
                "&amp;",
                "&#xd;",
                "cr\rlf\r\n",
                "\u0001\u001f\u007f",
                "ü u\u0308 名前 😀",
                "not UTF-8 \uDCFC\uDC80",
                "\uFFFD",
                ""
            })
    void textSurvives(String text) throws Exception {
        byte[] xml = new XmlWriter().open("S").text("t", text).close("S").toBytes();
        XmlReader reader = new XmlReader(xml);
        reader.open("S");
        assertThat(reader.text("t")).isEqualTo(text);
        reader.close("S");
    }

    @Test
    void randomBytesOfNamesSurvive() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            byte[] name = new byte[1 + random.nextInt(40)];
            random.nextBytes(name);
            for (int k = 0; k < name.length; k++) {
                name[k] = name[k] == 0 ? 1 : name[k];
            }
            String text = org.omerods.storage.NameCodec.decode(name);
            XmlReader reader = new XmlReader(new XmlWriter().text("t", text).toBytes());
            assertThat(org.omerods.storage.NameCodec.encode(reader.text("t")))
                    .as("seed %s", SEED)
                    .isEqualTo(name);
        }
    }

    @Test
    void onlyTheFiveNamedEntitiesAreWritten() {
        byte[] xml = new XmlWriter().text("t", "&<>\"'\r\u0001").toBytes();
        assertThat(new String(xml, StandardCharsets.UTF_8)).isEqualTo("<t>&amp;&lt;&gt;&quot;&apos;\r\u0001</t>");
    }

    @Test
    void whiteSpaceBetweenElementsIsSkippedAndInsideKept() throws Exception {
        XmlReader reader = new XmlReader("\n<a>\n <b> x\n</b>\n<n> 42 </n>\n</a>\n".getBytes(StandardCharsets.UTF_8));
        reader.open("a");
        assertThat(reader.text("b")).isEqualTo(" x\n");
        assertThat(reader.integer("n")).isEqualTo(42);
        reader.close("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "<a", "<b>1</b>", "<a>1", "<a>1</b>", "<a>1</a", "<a>x</a>", "<a>99999999999</a>"})
    void whatIsNotTheElementIsRefused(String xml) {
        assertThatThrownBy(() -> new XmlReader(xml.getBytes(StandardCharsets.UTF_8)).integer("a"))
                .isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aHeaderIsReadAsWritten() throws Exception {
        MessageHeader header = new MessageHeader("RODS_API_REPLY", 1, 2, 3, -818000);
        byte[] framed = header.toBytes();
        assertThat(framed[3] & 0xff).isEqualTo(framed.length - 4);
        assertThat(MessageHeader.parse(java.util.Arrays.copyOfRange(framed, 4, framed.length)))
                .isEqualTo(header);
    }

    @Test
    void aPageWithMissingValuesIsRefused() {
        String page = "<GenQueryOut_PI><rowCnt>2</rowCnt><attriCnt>1</attriCnt><continueInx>0</continueInx>"
                + "<totalRowCount>0</totalRowCount><SqlResult_PI><attriInx>403</attriInx><reslen>50</reslen>"
                + "<value>only one</value></SqlResult_PI></GenQueryOut_PI>";
        assertThatThrownBy(() -> QueryPage.parse(page.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageContaining("1 values for 2 rows");
    }
}
