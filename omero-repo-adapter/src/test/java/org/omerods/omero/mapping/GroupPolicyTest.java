package org.omerods.omero.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.omerods.omero.model.Group;

/** Whose things may be shown. */
class GroupPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "shared,     lab,        -56,  true",
        "'',         lab,        -56,  true",
        "shared,     secret lab, -120, false",
        "all,        secret lab, -120, true",
        "'lab, x',   lab,        -56,  true",
        "'lab, x',   secret lab, -120, false",
        "'secret lab', secret lab, -120, true",
        "',',        lab,        -56,  false"
    })
    void aGroupIsShownWhenThePolicyAllowsIt(String policy, String name, long permissions, boolean shown) {
        assertThat(GroupPolicy.parse(policy).allows(new Group(3, name, permissions)))
                .isEqualTo(shown);
    }
}
