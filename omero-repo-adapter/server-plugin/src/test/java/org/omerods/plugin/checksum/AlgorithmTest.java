// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlgorithmTest {
    @Test
    void md5IsTheSameOnBothSides() {
        assertThat(Algorithm.MD5.fromIrods("900150983CD24FB0D6963F7D28E17F72"))
                .contains("900150983cd24fb0d6963f7d28e17f72");
    }

    @Test
    void sha1IsBase64InIrodsAndHexadecimalInOmero() {
        // SHA-1 of "abc", FIPS 180
        assertThat(Algorithm.SHA1.fromIrods("sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0="))
                .contains("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void adler32HasItsBytesTheOtherWayRound() {
        Adler32 adler = new Adler32();
        adler.update("abc".getBytes(StandardCharsets.US_ASCII)); // 0x024d0127
        String registered = String.format("adler32:%08x", adler.getValue());
        assertThat(registered).isEqualTo("adler32:024d0127");
        assertThat(Algorithm.ADLER32.fromIrods(registered)).contains("27014d02");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha2:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
                "sha512:3a81oZNherrMQXNJriBBMRLm",
                "sha1:not base64!",
                "sha1:AAAA",
                "adler32:12",
                "adler32:zzzzzzzz",
                "md5:900150983cd24fb0d6963f7d28e17f72",
                "900150983cd24fb0d6963f7d28e17f7",
            })
    void whatIsOfAnotherAlgorithmOrBrokenIsNotUsed(String registered) {
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(algorithm.fromIrods(registered)).as(algorithm.name()).isEmpty();
        }
    }

    @Test
    void algorithmsAreFoundByOmerosNames() {
        assertThat(Algorithm.named("SHA1")).contains(Algorithm.SHA1);
        assertThat(Algorithm.named("FILE_SIZE")).isEmpty();
    }
}
