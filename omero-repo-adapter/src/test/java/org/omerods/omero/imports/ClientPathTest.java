package org.omerods.omero.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "/irods/z/x y (1).ndpi§irods/z/x y (1).ndpi",
                "/i/dq\"uote.tif§i/dq'uote.tif",
                "/i/star*q?.tif§i/starxq%.tif",
                "/i/back\\slash.tif§i/back!slash.tif",
                "/i/co:lon.tif§i/co;lon.tif",
                "/i/lt<gt>pipe|.tif§i/lt[gt]pipe!.tif",
                "/i/CON.tif§i/_CON.tif",
                "/i/-dash[1]&;$%.tif§i/-dash[1]&;$%.tif",
                "/i/emoji 🔬 Mäuse 肌.tif§i/emoji 🔬 Mäuse 肌.tif",
            })
    void pathsAreKeptAsOmeroKeepsThem(String path, String expected) {
        assertThat(ClientPath.of(path)).isEqualTo(expected);
    }
}
