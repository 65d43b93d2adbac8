package org.omerods.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.fs.fuse.dev.DevFuseDriver;

/** The distribution as it was built: its launcher, and the archive that makes starts short. */
class LauncherIT {
    private static final Path DISTRIBUTIONS = Path.of("target/omerods");

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void theDistributionIsBuilt() throws IOException {
        assumeTrue(Files.isDirectory(DISTRIBUTIONS), "the distribution is not built: mvn package");
        try (var built = Files.list(DISTRIBUTIONS)) {
            launcher = built.findFirst().orElseThrow().resolve("bin/omerods").toAbsolutePath();
        }
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("OMERODS_JAVA_OPTIONS", "-Xlog:class+load:file=" + folder.resolve("classes"));
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), out, Files.readString(err));
    }

    private boolean mainIsArchived() throws IOException {
        return Files.readString(folder.resolve("classes")).contains("org.omerods.cli.Main source: shared objects file");
    }

    @Test
    void theJvmSaysNothingOfItsOwn() throws Exception {
        Ended ended = run("--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("omerods ");
        assertThat(ended.err()).isEmpty();
        assertThat(mainIsArchived()).isFalse();
    }

    @Test
    void whatAStartLoadsIsArchivedOnceAndUsedFromThenOn() throws Exception {
        DevFuseDriver driver = new DevFuseDriver();
        assumeTrue(driver.unavailableBecause().isEmpty(), driver.unavailableBecause());
        Ended prepared = run("prepare");
        assertThat(prepared.code()).as(prepared.err()).isZero();
        try (var files = Files.list(folder.resolve("cache/omerods"))) {
            assertThat(files).singleElement().asString().endsWith(".aot");
        }
        Ended ended = run("--version");
        assertThat(ended.out()).startsWith("omerods ");
        assertThat(ended.err()).isEmpty();
        assertThat(mainIsArchived()).isTrue();
    }
}
