package org.omerods.storage.irods.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The answer to the server's challenge in native authentication: proves the password without sending it. */
final class NativeDigest {
    private static final int CHALLENGE_BYTES = 64;
    private static final int PASSWORD_BYTES = 50;

    private NativeDigest() {}

    /** Base64 of MD5(challenge, 64 bytes; password, 50 bytes) in which no byte is 0, since the server compares C strings. */
    static String of(String challenge, Secret password) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(Arrays.copyOf(challenge.getBytes(StandardCharsets.UTF_8), CHALLENGE_BYTES));
            md5.update(Arrays.copyOf(password.reveal().getBytes(StandardCharsets.UTF_8), PASSWORD_BYTES));
            byte[] digest = md5.digest();
            for (int i = 0; i < digest.length; i++) {
                if (digest[i] == 0) {
                    digest[i] = 1;
                }
            }
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
