package org.omerods.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.bench.stage.SampleFile;

final class ReadTraceTest {
    @TempDir
    private Path folder;

    private ReadTrace trace(String text) throws IOException {
        return ReadTrace.of(Files.writeString(folder.resolve("trace"), text));
    }

    @Test
    void everyReadOfALineIsDone() throws Exception {
        Path file = folder.resolve("file");
        SampleFile.write(file, 10_000);

        Load load = trace("# a comment\n9000 1000 1\n0 100 50\n").replay(file);

        assertThat(load.nanos()).hasSize(51);
        assertThat(load.bytes()).isEqualTo(6_000);
    }

    @Test
    void aReadBeyondTheEndIsAnError() throws Exception {
        Path file = folder.resolve("file");
        SampleFile.write(file, 100);

        ReadTrace trace = trace("0 60 2\n");

        assertThatThrownBy(() -> trace.replay(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aLineThatIsNoReadIsNamed() {
        assertThatThrownBy(() -> trace("0 60\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'0 60'");
    }

    @Test
    void theRecordedTraceHasTheReadsOfOpenSlide() throws Exception {
        assertThat(ReadTrace.of(Path.of("traces/openslide-ndpi.trace")).reads()).isGreaterThan(10_000);
    }
}
