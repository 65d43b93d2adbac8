package org.omerods.storage.irods.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.omerods.storage.StorageException.Reason;

/** A status of the server becomes the right reason, and its name is the server's. */
class ErrorCodeTest {
    @ParameterizedTest
    @CsvSource({
        "-310000, NOT_FOUND",
        "-358000, NOT_FOUND",
        "-808000, NOT_FOUND",
        "-818000, ACCESS_DENIED",
        "-821000, NOT_EMPTY",
        "-826000, LOGIN_REFUSED",
        "-1803000, LOCKED",
        "-510017, ALREADY_EXISTS",
        "-510002, NO_GOOD_REPLICA",
        "-513028, NO_SPACE",
        "-511036, NAME_TOO_LONG",
        "-306000, NAME_TOO_LONG",
        "-308000, NAME_TOO_LONG",
        "-512005, UNAVAILABLE",
        "-999999, UNAVAILABLE",
    })
    void aStatusHasAReason(int status, Reason reason) {
        assertThat(ErrorCode.reason(status)).isEqualTo(reason);
    }

    @Test
    void aStatusIsDescribedWithNameAndErrno() {
        assertThat(ErrorCode.describe(-818000)).isEqualTo("server status -818000 CAT_NO_ACCESS_PERMISSION");
        assertThat(ErrorCode.describe(-513028)).isEqualTo("server status -513028 error of the storage with errno 28");
        assertThat(ErrorCode.describe(-999000)).isEqualTo("server status -999000");
    }

    @Test
    void namesAndNumbersAreTheServers() throws Exception {
        Path names = RecordingsTest.shared().resolve("irods-wire/names.json");
        assumeTrue(Files.exists(names), "needs ../shared/irods-wire/names.json");
        JsonNode json = new ObjectMapper().readTree(names.toFile());
        for (ErrorCode error : ErrorCode.values()) {
            assertThat(json.path("error").path(Integer.toString(error.code())).asText())
                    .isEqualTo(error.name());
        }
        for (Api api : Api.values()) {
            assertThat(json.path("api").path(Integer.toString(api.number())).asText())
                    .startsWith(api.name());
        }
    }
}
