package org.omerods.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.mount.UserMap.IrodsUser;

final class UserMapTest {
    private static final Map<String, Integer> HERE = Map.of("root", 0, "alice", 1001, "bob", 1002);

    private static final UserMap.Accounts ACCOUNTS = new UserMap.Accounts() {
        @Override
        public OptionalInt uidOf(String name) {
            Integer uid = HERE.get(name);
            return uid == null ? OptionalInt.empty() : OptionalInt.of(uid);
        }

        @Override
        public Optional<String> nameOf(int uid) {
            return HERE.entrySet().stream()
                    .filter(account -> account.getValue() == uid)
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    };

    private static UserMap parse(String text) throws ConfigurationException {
        return UserMap.parse(text, "lab", ACCOUNTS);
    }

    @Test
    void namesAndNumbersOfThisMachineLeadToUsersOfZones() throws Exception {
        UserMap map = parse("alice=alice_lab, 4711 = carol#far");
        assertThat(map.of(1001)).contains(new IrodsUser("alice_lab", "lab"));
        assertThat(map.of(4711)).contains(new IrodsUser("carol", "far"));
        assertThat(map.of(1002)).isEmpty();
    }

    @Test
    void theSameNameRuleIsForEverybodyButRoot() throws Exception {
        UserMap map = parse("alice=alice_lab,*=*");
        assertThat(map.of(1001)).contains(new IrodsUser("alice_lab", "lab"));
        assertThat(map.of(1002)).contains(new IrodsUser("bob", "lab"));
        assertThat(map.of(0)).isEmpty();
        assertThat(map.of(9999)).isEmpty();
        assertThat(parse("root=rods").of(0)).contains(new IrodsUser("rods", "lab"));
    }

    @Test
    void aFileHasAPairOnEachLine(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("users"), "# who is who\nalice=a\n\nbob=b#far # moved\n");
        UserMap map = parse(file.toString());
        assertThat(map.of(1001)).contains(new IrodsUser("a", "lab"));
        assertThat(map.of(1002)).contains(new IrodsUser("b", "far"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice=", "=rods", "*=rods", "nobodyhere=x", "/no/such/file"})
    void whatCannotBeMeantIsRefusedByName(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mount.users");
    }
}
