package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.vault.Checksums;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Reply;
import org.omerods.zone.wire.Status;
import org.omerods.zone.wire.XmlReader;
import org.omerods.zone.wire.XmlWriter;

/** Passwords derived from the user's own: for some hours, or for one login. */
final class PasswordCalls {
    /** Length of what is hashed to the new password. */
    private static final int HASHED_BYTES = 100;

    private static final int SALT_BYTES = 20;
    private static final int SECONDS_PER_HOUR = 3600;

    /** The longest life of a limited password, in hours: two weeks, as sites set it. */
    private static final int MAX_HOURS = 336;

    /** How long a password for one login waits for it, in seconds. */
    private static final int TEMPORARY_SECONDS = 120;

    /** How long a password of a PAM login lives, in hours. */
    private static final int PAM_HOURS = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private PasswordCalls() {}

    static List<Call> calls() {
        return List.of(
                Call.of(709, "GET_TEMP_PASSWORD", (session, request) -> temporary(session)),
                Call.of(726, "GET_LIMITED_PASSWORD", PasswordCalls::limited));
    }

    private static Reply temporary(Session session) throws SQLException, ApiException {
        return reply("getTempPasswordOut_PI", derive(session, Users.PasswordKind.TEMPORARY, TEMPORARY_SECONDS));
    }

    private static Reply limited(Session session, Request request) throws SQLException, ApiException {
        XmlReader in = new XmlReader(request.body());
        in.open("getLimitedPasswordInp_PI");
        int hours = in.integer("ttl");
        if (hours < 1 || hours > MAX_HOURS) {
            throw new ApiException(Status.INVALID_ARGUMENT, "a life of " + hours + " hours");
        }
        return reply(
                "getLimitedPasswordOut_PI",
                derive(session, Users.PasswordKind.LIMITED, (long) hours * SECONDS_PER_HOUR));
    }

    /** Registers a new password; returns what the client has to hash its own with. */
    static String derive(Session session, Users.PasswordKind kind, long seconds) throws SQLException, ApiException {
        byte[] random = new byte[SALT_BYTES];
        RANDOM.nextBytes(random);
        String salt = HexFormat.of().formatHex(random);
        long now = session.zone().clock().instant().getEpochSecond();
        long user = session.user().id();
        session.zone().catalog().write(connection -> {
            String own = Users.passwords(connection, user, now).stream()
                    .filter(password -> password.kind() == Users.PasswordKind.PERMANENT)
                    .findFirst()
                    .orElseThrow(() -> new ApiException(Status.INVALID_USER, "the user has no password"))
                    .text();
            Users.addPassword(connection, user, new Users.Password(hash(salt + own), kind, now + seconds));
            return user;
        });
        return salt;
    }

    /** Checks the user's own password {@code given}; returns a new one that lives for a while. */
    static String forPam(ZoneServices zone, String name, String zoneName, String given)
            throws SQLException, ApiException {
        long now = zone.clock().instant().getEpochSecond();
        byte[] random = new byte[SALT_BYTES];
        RANDOM.nextBytes(random);
        String made = HexFormat.of().formatHex(random);
        zone.catalog().write(connection -> {
            User user = Users.find(connection, name, zoneName)
                    .orElseThrow(() -> new ApiException(Status.INVALID_USER, "unknown user " + name));
            boolean right = Users.passwords(connection, user.id(), now).stream()
                    .anyMatch(password -> password.kind() == Users.PasswordKind.PERMANENT
                            && MessageDigest.isEqual(password.text().getBytes(UTF_8), given.getBytes(UTF_8)));
            if (!right) {
                throw new ApiException(Status.PAM_PASSWORD_FAILED, "wrong password for " + name);
            }
            long expires = now + (long) PAM_HOURS * SECONDS_PER_HOUR;
            Users.addPassword(connection, user.id(), new Users.Password(made, Users.PasswordKind.LIMITED, expires));
            return user;
        });
        return made;
    }

    private static String hash(String text) {
        MessageDigest md5 = Checksums.algorithm("MD5");
        md5.update(Arrays.copyOf(text.getBytes(UTF_8), HASHED_BYTES));
        return HexFormat.of().formatHex(md5.digest());
    }

    private static Reply reply(String structure, String salt) {
        return Reply.of(
                0,
                new XmlWriter()
                        .open(structure)
                        .text("stringToHashWith", salt)
                        .close(structure)
                        .bytes());
    }
}
