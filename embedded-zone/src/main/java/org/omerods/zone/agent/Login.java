package org.omerods.zone.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.omerods.zone.catalog.CatalogConnection;
import org.omerods.zone.catalog.User;
import org.omerods.zone.catalog.Users;
import org.omerods.zone.vault.Checksums;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** Challenge and response of native authentication, for one connection. */
final class Login {
    /** Length of the challenge and of the padded password in what is hashed. */
    private static final int CHALLENGE_BYTES = 64;

    private static final int PASSWORD_BYTES = 50;

    private static final SecureRandom RANDOM = new SecureRandom();

    private String challenge = "";

    /** A new challenge of 64 hex digits, which stays good until the next one. */
    String challenge() {
        byte[] random = new byte[CHALLENGE_BYTES / 2];
        RANDOM.nextBytes(random);
        challenge = HexFormat.of().formatHex(random);
        return challenge;
    }

    /** Logs in by a digest of the challenge; {@code name} and {@code zone} are those of the proxy user. */
    void respond(Session session, String name, String zone, byte[] digest) throws ApiException, SQLException {
        if (challenge.isEmpty()) {
            throw new ApiException(Status.INVALID_AUTHENTICATION, "an answer without a challenge");
        }
        Startup startup = session.startup();
        if (!name.equals(startup.proxyUser())) {
            throw new ApiException(Status.INVALID_AUTHENTICATION, "another user than the one who connected");
        }
        User proxy = session.zone().catalog().read(connection -> known(connection, name, zone));
        if (!matches(session, proxy, digest)) {
            throw new ApiException(Status.INVALID_AUTHENTICATION, "wrong password for " + name);
        }
        admit(session, proxy);
    }

    /** Lets in a proxy user whose password was right, for the client user of the connection. */
    static void admit(Session session, User proxy) throws ApiException, SQLException {
        Startup startup = session.startup();
        boolean own = startup.clientUser().equals(proxy.name())
                && startup.clientZone().equals(proxy.zone());
        if (!own && !proxy.isAdministrator()) {
            throw new ApiException(Status.PROXY_WITHOUT_PRIVILEGE, proxy.name() + " acts for another user");
        }
        User client = own
                ? proxy
                : session.zone()
                        .catalog()
                        .read(connection -> Users.find(connection, startup.clientUser(), startup.clientZone()))
                        .orElseThrow(() -> new ApiException(Status.INVALID_CLIENT_USER, "unknown client user"));
        session.become(proxy, client);
    }

    private static User known(CatalogConnection connection, String name, String zone)
            throws SQLException, ApiException {
        Optional<User> user = Users.find(connection, name, zone);
        if (user.isEmpty() || user.get().type().equals(User.GROUP)) {
            throw new ApiException(Status.INVALID_USER, "unknown user " + name + "#" + zone);
        }
        return user.get();
    }

    private boolean matches(Session session, User user, byte[] digest) throws SQLException, ApiException {
        long now = session.zone().clock().instant().getEpochSecond();
        List<Users.Password> passwords =
                session.zone().catalog().read(connection -> Users.passwords(connection, user.id(), now));
        if (user.name().equals(Users.ANONYMOUS)) {
            return MessageDigest.isEqual(digest, digestOf(""));
        }
        for (Users.Password password : passwords) {
            if (MessageDigest.isEqual(digest, digestOf(password.text()))) {
                if (password.kind() == Users.PasswordKind.TEMPORARY) {
                    session.zone().catalog().write(connection -> {
                        Users.dropPassword(connection, user.id(), password.text());
                        return password;
                    });
                }
                return true;
            }
        }
        return false;
    }

    /** MD5 over the padded challenge and password; a zero byte of the result becomes 1, as the protocol has it. */
    private byte[] digestOf(String password) {
        MessageDigest md5 = Checksums.algorithm("MD5");
        md5.update(Arrays.copyOf(challenge.getBytes(UTF_8), CHALLENGE_BYTES));
        md5.update(Arrays.copyOf(password.getBytes(UTF_8), PASSWORD_BYTES));
        byte[] digest = md5.digest();
        for (int i = 0; i < digest.length; i++) {
            if (digest[i] == 0) {
                digest[i] = 1;
            }
        }
        return digest;
    }

    /** The bytes of a digest in base64; empty, which matches nothing, where it is no base64. */
    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
