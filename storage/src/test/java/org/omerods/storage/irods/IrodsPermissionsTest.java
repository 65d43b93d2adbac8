package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Collection;
import org.omerods.storage.Content;
import org.omerods.storage.DataObject;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.SymbolicLink;

/** Permission bits are triples: of objects found by the query that finds links, of collections by one more in the same flight. */
class IrodsPermissionsTest extends ZoneTest {
    private static final String ATTRIBUTE = IrodsConfig.DEFAULT_MODE_ATTRIBUTE;

    private IrodsStorage plain;

    @Override
    IrodsConfig.Builder config() {
        return super.config().modeAttribute(ATTRIBUTE);
    }

    @BeforeEach
    void connectPlain() {
        plain = IrodsStorage.connect(super.config().build());
    }

    @AfterEach
    void closePlain() {
        plain.close();
    }

    @Test
    void theyAreOneTripleInOctalDigits() throws Exception {
        StoragePath path = make("program");
        storage.setPermissions(path, OptionalInt.of(0755));
        storage.setPermissions(path, OptionalInt.of(0644));
        assertThat(storage.avus().list(path)).containsExactly(new Avu(ATTRIBUTE, "0644", ""));
        storage.setPermissions(path, OptionalInt.empty());
        assertThat(storage.avus().list(path)).isEmpty();
    }

    @Test
    void aListingShowsThemAndLinksByOneQuestionMore() throws Exception {
        for (int i = 0; i < 20; i++) {
            StoragePath path = make("object" + i);
            if (i % 2 == 0) {
                storage.setPermissions(path, OptionalInt.of(0700 + i / 2 % 8));
            }
        }
        storage.createLink(home.child("link"), "object0");
        storage.createCollection(home.child("inside"));
        storage.setPermissions(home.child("inside"), OptionalInt.of(0750));
        plain.stat(home);
        long before = zone.statistics().totalRequests();
        var unmarked = plain.list(home).entries();
        plain.stat(home.child("object0"));
        long plainRequests = zone.statistics().totalRequests() - before;
        var marked = storage.list(home).entries();
        var one = storage.stat(home.child("object2"));
        assertThat(zone.statistics().totalRequests() - before - plainRequests).isEqualTo(plainRequests + 2);
        assertThat(marked)
                .filteredOn(Collection.class::isInstance)
                .singleElement()
                .satisfies(
                        entry -> assertThat(((Collection) entry).permissions()).hasValue(0750));
        assertThat(unmarked)
                .filteredOn(DataObject.class::isInstance)
                .allSatisfy(
                        entry -> assertThat(((DataObject) entry).permissions()).isEmpty());
        Map<String, OptionalInt> shown = marked.stream()
                .filter(DataObject.class::isInstance)
                .collect(Collectors.toMap(entry -> entry.path().name(), entry -> ((DataObject) entry).permissions()));
        assertThat(shown).hasSize(20);
        assertThat(shown.get("object4")).hasValue(0702);
        assertThat(shown.get("object5")).isEmpty();
        assertThat(((DataObject) one).permissions()).hasValue(0701);
        assertThat(marked).filteredOn(SymbolicLink.class::isInstance).hasSize(1);
    }

    @Test
    void whatSomebodyElseWroteIsUnderstoodOrIgnoredAndReplaced() throws Exception {
        StoragePath path = make("a");
        write(path, "rwxr-xr-x");
        assertThat(permissions(path)).isEmpty();
        write(path, "104755");
        assertThat(permissions(path)).hasValue(0755);
        write(path, "600");
        assertThat(permissions(path)).as("of several the smallest").hasValue(0600);
        storage.setPermissions(path, OptionalInt.of(0640));
        assertThat(storage.avus().list(path)).containsExactly(new Avu(ATTRIBUTE, "0640", ""));
    }

    @Test
    void attributesThatCannotBeAskedForTogetherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config().linkAttribute("it's").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config().linkAttribute(ATTRIBUTE).build());
    }

    private StoragePath make(String name) throws StorageException {
        return storage.put(home.child(name), WriteMode.CREATE, Content.of(new byte[1]))
                .path();
    }

    private void write(StoragePath path, String value) throws StorageException {
        storage.avus().apply(path, List.of(new Operation.Add(new Avu(ATTRIBUTE, value, ""))));
    }

    private OptionalInt permissions(StoragePath path) throws StorageException {
        return ((DataObject) storage.stat(path)).permissions();
    }
}
