package org.omerods.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class NameCodecTest {
    @Test
    void validTextIsItself() {
        String name = "Präparat 😀 \u0001\n名";
        assertThat(NameCodec.decode(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
        assertThat(NameCodec.encode(name)).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesThatAreNotUtf8BecomeLoneSurrogates() {
        byte[] latin = {'a', (byte) 0xFC, 'b', (byte) 0xC3};
        assertThat(NameCodec.decode(latin)).isEqualTo("a\uDCFCb\uDCC3");
        assertThat(NameCodec.encode("a\uDCFCb\uDCC3")).isEqualTo(latin);
    }

    @RepeatedTest(200)
    void anyBytesSurvive(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        assertThat(NameCodec.encode(NameCodec.decode(bytes))).isEqualTo(bytes);
    }
}
