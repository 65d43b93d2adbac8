package org.omerods.fs.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.fs.plan.ByteRange;

class CatalogChecksumTest {
    /** Of the three bytes {@code abc}: FIPS 180-2, RFC 1321, RFC 1950, the binary ones in base64. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha2:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
                "sha512:3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
                "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
                "adler32:024d0127",
                "900150983cd24fb0d6963f7d28e17f72",
                "900150983CD24FB0D6963F7D28E17F72",
            })
    void allSchemesOfTheCatalogAreComputed(String text) {
        CatalogChecksum checksum = CatalogChecksum.of(text).orElseThrow();
        CatalogChecksum.Computation computation = checksum.begin();
        byte[] bytes = "abc.".getBytes(StandardCharsets.US_ASCII);
        computation.update(bytes, 2);
        computation.update(new byte[] {'c'}, 1);
        assertThat(checksum.matches(computation.result())).isTrue();
        computation = checksum.begin();
        computation.update(bytes, 4);
        assertThat(checksum.matches(computation.result())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha2:", "sha2:abc", "sha2:!", "crc32:00", "900150983cd24fb0", "sha3:ungWv48=", "none"})
    void whatIsNoChecksumIsNotCompared(String text) {
        assertThat(CatalogChecksum.of(text)).isEmpty();
    }

    @Test
    void aPrefixIsReadInAnyOrderOfItsParts() {
        ReadPrefix prefix = new ReadPrefix();
        prefix.read(ByteRange.of(10, 10));
        prefix.read(ByteRange.of(25, 5));
        assertThat(prefix.end()).isZero();
        prefix.read(ByteRange.of(0, 12));
        assertThat(prefix.end()).isEqualTo(20);
        prefix.read(ByteRange.of(20, 5));
        assertThat(prefix.end()).isEqualTo(30);
    }
}
