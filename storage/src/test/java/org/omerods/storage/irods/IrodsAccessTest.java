package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.omerods.storage.Access;
import org.omerods.storage.irods.session.Secret;

/** What a user may do is told by his own entries of access lists and those of his groups. */
class IrodsAccessTest extends ObjectTest {

    private IrodsStorage alice() {
        return IrodsStorage.connect(
                config().user("alice").password(Secret.of("alicepass")).build());
    }

    @ParameterizedTest
    @CsvSource({"read_object, READ", "modify_object, WRITE", "own, OWN"})
    void theLevelOfTheAccessListIsTold(String level, Access access) throws Exception {
        put("a", bytes(10, 1));
        zone.admin().grant("/tempZone/home/rods", "alice", level);
        zone.admin().grant("/tempZone/home/rods/a", "alice", level);
        try (IrodsStorage alice = alice()) {
            assertThat(alice.access(alice.stat(home.child("a")))).isEqualTo(access);
            assertThat(alice.access(alice.stat(home))).isEqualTo(access);
        }
    }

    @Test
    void aGroupsEntryCountsAndTheStrongestWins() throws Exception {
        put("a", bytes(10, 1));
        zone.admin().grant("/tempZone/home/rods", "public", "read_object");
        zone.admin().grant("/tempZone/home/rods/a", "public", "modify_object");
        zone.admin().grant("/tempZone/home/rods/a", "alice", "read_object");
        try (IrodsStorage alice = alice()) {
            assertThat(alice.access(alice.stat(home.child("a")))).isEqualTo(Access.WRITE);
            assertThat(alice.access(alice.stat(home))).isEqualTo(Access.READ);
        }
    }

    @Test
    void ofAdministratorsNothingIsTold() throws Exception {
        put("a", bytes(10, 1));
        assertThat(storage.access(storage.stat(home.child("a")))).isEqualTo(Access.UNKNOWN);
    }
}
