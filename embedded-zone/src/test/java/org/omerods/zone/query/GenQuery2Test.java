package org.omerods.zone.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.omerods.zone.wire.ApiException;

/** The translation of GenQuery 2. */
final class GenQuery2Test {
    private static final GenQuery1.Asker ADMINISTRATOR = new GenQuery1.Asker(1, true, 0);

    @Test
    void valuesNeverGetIntoTheSql() throws ApiException {
        GenQuery2.Translated translated = translate("select DATA_NAME where COLL_NAME = 'x''; drop table R_DATA_MAIN'");
        assertThat(translated.sql()).doesNotContain("drop");
        assertThat(translated.arguments()).containsExactly("x'; drop table R_DATA_MAIN");
    }

    @Test
    void conditionsKeepTheirGrouping() throws ApiException {
        assertThat(translate("select DATA_NAME where not (DATA_SIZE = '1' or DATA_SIZE = '2') and DATA_NAME like 'a%'")
                        .sql())
                .contains("where (not (d.data_size = ? or d.data_size = ?) and d.data_name like ? escape '\\')");
    }

    @Test
    void avusAreJoinedFromOutside() throws ApiException {
        assertThat(translate("select DATA_NAME, META_DATA_ATTR_NAME").sql()).contains("left join R_META_MAIN dm");
    }

    @Test
    void rangeComesBeforeOrBehindTheOrder() throws ApiException {
        String wanted = "order by d.data_name desc limit 3 offset 2";
        assertThat(translate("select DATA_NAME order by DATA_NAME desc limit 3 offset 2")
                        .sql())
                .endsWith(wanted);
        assertThat(translate("select DATA_NAME offset 2 fetch first 3 rows only order by DATA_NAME desc")
                        .sql())
                .endsWith(wanted);
    }

    @Test
    void plainUserSeesOnlyWhatHeMayRead() throws ApiException {
        assertThat(GenQuery2.translate("select DATA_NAME", new GenQuery1.Asker(17, false, 0))
                        .sql())
                .contains("pg.user_id = 17")
                .contains("access_type_id >= 1050");
    }

    @Test
    void syntaxErrorsAndUnknownColumnsAreToldApart() {
        for (String query : new String[] {
            "",
            "select",
            "select DATA_NAME where",
            "select DATA_NAME where DATA_SIZE = 2",
            "select DATA_NAME where DATA_NAME = 'open",
            "select no distinct DATA_NAME",
            "select DATA_NAME limit",
            "select upper(",
            "select DATA_NAME )"
        }) {
            assertThatThrownBy(() -> translate(query)).as(query).hasMessageContaining("-167000");
        }
        assertThatThrownBy(() -> translate("select NOPE")).hasMessageContaining("-130000");
    }

    private static GenQuery2.Translated translate(String query) throws ApiException {
        return GenQuery2.translate(query, ADMINISTRATOR);
    }
}
