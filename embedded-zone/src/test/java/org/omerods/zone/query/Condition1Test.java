package org.omerods.zone.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.omerods.zone.wire.ApiException;

/** The condition texts of GenQuery 1. */
final class Condition1Test {
    @Test
    void quotesInsideAValueBelongToIt() throws ApiException {
        assertThat(Condition1.translate("c", "='it's'").values()).containsExactly("it's");
        assertThat(Condition1.translate("c", "='' or '1'='1'").values()).containsExactly("' or '1'='1");
        assertThat(Condition1.translate("c", "='|pipe||'").values()).containsExactly("|pipe||");
    }

    @Test
    void connectivesJoinParts() throws ApiException {
        Condition1.Translated translated = Condition1.translate("c", "like 'a%' || ='b' && <>'x'");
        assertThat(translated.sql()).isEqualTo("(c like ? escape '\\' or c = ? and c <> ?)");
        assertThat(translated.values()).containsExactly("a%", "b", "x");
    }

    @Test
    void listsAndRangesTakeSeveralValues() throws ApiException {
        assertThat(Condition1.translate("c", "in ('a','b''c','d')").values()).containsExactly("a", "b''c", "d");
        assertThat(Condition1.translate("c", "between '2' '4'").sql()).isEqualTo("(c between ? and ?)");
    }

    @Test
    void numericOperatorComparesNumbers() throws ApiException {
        assertThat(Condition1.translate("c", "n> '4'").sql()).isEqualTo("(cast(c as integer) > cast(? as integer))");
    }

    @Test
    void conditionWithoutOperatorIsRefused() {
        assertThatThrownBy(() -> Condition1.translate("c", "/a/path")).hasMessageContaining("-816000");
    }
}
