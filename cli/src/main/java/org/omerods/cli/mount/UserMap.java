package org.omerods.cli.mount;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.omerods.cli.config.ConfigurationException;

/**
 * Which iRODS user a user of this machine is: {@code alice=alice_lab, 1002=bob#otherZone, *=*}. The last form is the rule
 * that everybody else has the same name there. Names of this machine are looked up as login does (getent).
 */
final class UserMap {
    private static final String EVERYBODY = "*";
    /** A directory service that does not answer must not hold a request for long. */
    private static final int LOOKUP_SECONDS = 5;

    private final Map<Integer, IrodsUser> users;
    private final boolean sameName;
    private final String zone;
    private final Accounts accounts;

    private UserMap(Map<Integer, IrodsUser> users, boolean sameName, String zone, Accounts accounts) {
        this.users = users;
        this.sameName = sameName;
        this.zone = zone;
        this.accounts = accounts;
    }

    /** A user of a zone. */
    record IrodsUser(String name, String zone) {
        @Override
        public String toString() {
            return name + "#" + zone;
        }
    }

    /** Names and numbers of this machine's users. */
    interface Accounts {
        OptionalInt uidOf(String name);

        Optional<String> nameOf(int uid);
    }

    /**
     * Reads a map.
     *
     * @param text pairs with commas between, or the absolute path of a file with a pair on each line
     * @param zone of users that are written without one
     */
    static UserMap parse(String text, String zone, Accounts accounts) throws ConfigurationException {
        Map<Integer, IrodsUser> users = new LinkedHashMap<>();
        boolean sameName = false;
        for (String pair : pairs(text)) {
            String[] sides = pair.split("=", 2);
            if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
                throw new ConfigurationException(
                        "mount.users: '" + pair + "' is not of the form user=irodsuser[#zone], or *=*");
            }
            String here = sides[0].strip();
            String there = sides[1].strip();
            if (here.equals(EVERYBODY)) {
                if (!there.equals(EVERYBODY)) {
                    throw new ConfigurationException(
                            "mount.users: '" + pair + "' would give everybody the rights of one user; write *=*");
                }
                sameName = true;
            } else {
                users.put(uidOf(here, accounts), userOf(there, zone));
            }
        }
        return new UserMap(users, sameName, zone, accounts);
    }

    private static List<String> pairs(String text) throws ConfigurationException {
        List<String> pairs = new ArrayList<>();
        try {
            String all = text.startsWith("/") ? Files.readString(Path.of(text)) : text.replace(',', '\n');
            for (String line : all.lines().toList()) {
                String pair = line.replaceFirst("#\\s.*|^#.*", "").strip();
                if (!pair.isEmpty()) {
                    pairs.add(pair);
                }
            }
            return pairs;
        } catch (IOException e) {
            throw new ConfigurationException("mount.users: the file " + text + " cannot be read: " + e, e);
        }
    }

    private static int uidOf(String name, Accounts accounts) throws ConfigurationException {
        if (name.matches("[0-9]{1,9}")) {
            return Integer.parseInt(name);
        }
        OptionalInt uid = accounts.uidOf(name);
        if (uid.isEmpty()) {
            throw new ConfigurationException("mount.users: this machine has no user '" + name + "'");
        }
        return uid.getAsInt();
    }

    private static IrodsUser userOf(String text, String zone) {
        int sharp = text.lastIndexOf('#');
        return sharp < 0
                ? new IrodsUser(text, zone)
                : new IrodsUser(text.substring(0, sharp), text.substring(sharp + 1));
    }

    /** The iRODS user of a uid; empty for one who may not enter. Root is nobody unless he is written down. */
    Optional<IrodsUser> of(int uid) {
        IrodsUser user = users.get(uid);
        if (user != null) {
            return Optional.of(user);
        }
        return sameName && uid != 0 ? accounts.nameOf(uid).map(name -> new IrodsUser(name, zone)) : Optional.empty();
    }

    /** Asks this machine's directory of users. */
    static final Accounts SYSTEM = new Accounts() {
        @Override
        public OptionalInt uidOf(String name) {
            return field(name, 2)
                    .map(uid -> OptionalInt.of(Integer.parseInt(uid)))
                    .orElse(OptionalInt.empty());
        }

        @Override
        public Optional<String> nameOf(int uid) {
            return field(Integer.toString(uid), 0);
        }

        private static Optional<String> field(String key, int number) {
            try {
                Process getent = new ProcessBuilder("getent", "passwd", "--", key)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!getent.waitFor(LOOKUP_SECONDS, TimeUnit.SECONDS)) {
                    getent.destroyForcibly();
                    return Optional.empty();
                }
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(getent.getInputStream(), StandardCharsets.UTF_8))) {
                    String line = lines.readLine();
                    return line == null ? Optional.empty() : Optional.of(line.split(":", -1)[number]);
                }
            } catch (IOException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    };
}
