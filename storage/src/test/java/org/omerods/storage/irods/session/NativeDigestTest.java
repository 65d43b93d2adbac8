package org.omerods.storage.irods.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Digests that a real server accepted. */
class NativeDigestTest {
    @Test
    void theDigestIsTheOneThatAServerAccepted() {
        String challenge = "7c83aeb4352be8c5596a14a1c4f46f3e5c21986d45324f80e1c3b2a55f7c6e44";
        assertThat(NativeDigest.of(challenge, Secret.of("alicepass"))).isEqualTo("Do3D5gzIclj0yWNWnF5cOQ==");
        assertThat(NativeDigest.of(
                        "0c9b3d03543d89b20faa948c78c491f455c57b720469484bd2641970ec07fab3", Secret.of("rods")))
                .isEqualTo("4dBXT1kyLmQFSx96FobmZw==");
    }

    @Test
    void aPasswordCountsWithItsFirstFiftyBytes() {
        String challenge = "a1".repeat(32);
        assertThat(NativeDigest.of(challenge, Secret.of("x".repeat(50) + "more")))
                .isEqualTo(NativeDigest.of(challenge, Secret.of("x".repeat(50))));
    }
}
