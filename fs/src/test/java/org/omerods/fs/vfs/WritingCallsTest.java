package org.omerods.fs.vfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.omerods.fs.vfs.WritingMounted.stored;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What writing costs the storage. */
class WritingCallsTest extends WritingFixture {
    @Test
    void theStorageIsAskedOnceForASmallFile() throws Exception {
        client.put("warm", "x");
        storage.forget();
        client.put("a", "x");
        assertThat(storage.calls()).containsExactly("stat /a", "put /a");
    }

    @Test
    void whatWasWrittenIsNotFetched() throws Exception {
        String text = "0123456789".repeat(100_000);
        client.put("a", text);
        storage.forget();
        assertThat(client.text("a")).isEqualTo(text);
        client.put("a", "short");
        assertThat(client.text("a")).isEqualTo("short");
        assertThat(storage.calls()).doesNotContain("open /a").contains("overwrite /a");
    }

    /** As rsync does: closed, then the time, then the name. */
    @Test
    void whatWasWrittenAndGotItsTimeAndNameIsNotFetched() throws Exception {
        client.put(".a.part", "some bytes");
        client.touch(".a.part", Instant.ofEpochSecond(1_000_000));
        client.rename(".a.part", "a");
        storage.forget();
        assertThat(client.text("a")).isEqualTo("some bytes");
        assertThat(storage.calls()).doesNotContain("open /a");
    }

    @Test
    void aLineIsAppendedWithoutFetchingTheFile() throws Exception {
        client.put("log", "a line\n");
        for (int i = 0; i < 3; i++) {
            OpenedFile log = client.open("log", WritingClient.O_WRONLY);
            client.write(log, 7L * (i + 1), "a line\n");
            client.close(log);
        }
        assertThat(storage.calls()).doesNotContain("open /log").endsWith("overwrite /log", "overwrite /log");
        assertThat(stored(memory, "/log")).isEqualTo("a line\n".repeat(4));
    }

    @Test
    void nothingIsAskedForAFileInADirectoryThatWasMadeHere() throws Exception {
        client.makeDirectory("d");
        client.put("d/first", "x");
        storage.forget();
        client.put("d/a", "x");
        client.makeDirectory("d/e");
        client.put("d/e/b", "x");
        assertThat(storage.calls()).containsExactly("put /d/a", "mkdir /d/e", "stat /d/e", "put /d/e/b");
    }
}
