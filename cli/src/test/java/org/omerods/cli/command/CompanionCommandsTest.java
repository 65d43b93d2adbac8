package org.omerods.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.cli.Main;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.Content;
import org.omerods.storage.Storage;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import picocli.CommandLine;

/** Commands of the companion as a person calls them, on a zone over TCP. The mount of OMERO is an ordinary folder here. */
final class CompanionCommandsTest {
    private static final StoragePath SLIDE = StoragePath.of("/tempZone/home/rods/x y.ndpi");
    private static final String MANAGED = "alice_2/2026-11/x y.ndpi";

    @TempDir
    private Path folder;

    private EmbeddedZone zone;
    private IrodsStorage storage;
    private Path mounted;
    private Path repository;

    @BeforeEach
    void start() throws Exception {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(Files.createDirectory(folder.resolve("zone"))));
        storage = IrodsStorage.connect(IrodsConfig.builder()
                .host(zone.host())
                .port(zone.port())
                .zone("tempZone")
                .user("rods")
                .password(Secret.of("rods"))
                .build());
        storage.put(SLIDE, Storage.WriteMode.CREATE, Content.of("a slide".getBytes(UTF_8)));
        mounted = Files.createDirectory(folder.resolve("irods"));
        Files.writeString(mounted.resolve("x y.ndpi"), "a slide");
        repository = Files.createDirectory(folder.resolve("repository"));
        Files.writeString(folder.resolve("password"), "rods\n");
    }

    @AfterEach
    void end() {
        storage.close();
        zone.close();
    }

    private record Result(int code, String out, String err) {}

    private Result omerods(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--host", zone.host(), "--port", Integer.toString(zone.port()), "--zone", "tempZone"));
        line.addAll(List.of(
                "--user", "rods", "--password-file", folder.resolve("password").toString()));
        line.addAll(List.of("--log-level", "warn"));
        line.addAll(List.of("--set", "omero.mounts=/elsewhere=/tempZone/trash, " + mounted + "=/tempZone/home/rods"));
        line.addAll(List.of("--set", "omero.managed-repository=" + repository));
        line.addAll(List.of("--set", "omero.program=" + folder.resolve("omero")));
        CommandLine command = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = command.execute(line.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private List<String> triples() throws Exception {
        return storage.avus().list(SLIDE).stream()
                .map(avu -> avu.attribute() + "=" + avu.value())
                .sorted()
                .toList();
    }

    /** The link of the slide in OMERO's repository, and the triple that tells of it. */
    private Path importedInPlace() throws Exception {
        storage.avus()
                .apply(
                        SLIDE,
                        List.of(new Operation.Add(new Avu(
                                "omero::originalfile", "urn:lsid:x:OriginalFile:u_7", "repository:" + MANAGED))));
        Path link = repository.resolve(MANAGED);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, mounted.resolve("x y.ndpi"));
        return link;
    }

    @Test
    void linksFixRePointsWhatWasRenamed() throws Exception {
        Path link = importedInPlace();
        assertThat(omerods("links", "check").code()).isZero();
        storage.rename(SLIDE, StoragePath.of("/tempZone/home/rods/moved.ndpi"));
        Result wrong = omerods("links", "check");
        assertThat(wrong.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(wrong.out()).contains("MOVED " + link).contains("1 links, 1 to be looked after");
        Result fixed = omerods("links", "fix", "--json");
        assertThat(fixed.code()).isZero();
        assertThat(fixed.out()).contains("\"state\" : \"FIXED\"");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("moved.ndpi"));
    }

    @Test
    void oneRoundDoesWhatItCanAndTellsWhatFailed() throws Exception {
        Path link = importedInPlace();
        storage.rename(SLIDE, StoragePath.of("/tempZone/home/rods/moved.ndpi"));
        Files.writeString(folder.resolve("database-password"), "rods\n");
        Result result = omerods(
                "sync",
                "--once",
                "--set",
                "omero.database-url=jdbc:postgresql://127.0.0.1:1/omero",
                "--set",
                "omero.database-password-file=" + folder.resolve("database-password"));
        assertThat(result.code()).as(result.out() + result.err()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("mirror: failed: "))
                .contains("links: 1 looked at, 1 put right, 0 wrong");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(mounted.resolve("moved.ndpi"));
    }

    @Test
    void anImportIsRequestedByTriples() throws Exception {
        Result result = omerods("import", SLIDE.value(), "--target", "Dataset:name:Liver");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(triples()).containsExactly("omero::import::target=Dataset:name:Liver", "omero::import=requested");
    }

    @Test
    void anImportThatIsRunNowTellsItsOutcome() throws Exception {
        Path program = Files.writeString(folder.resolve("omero"), """
                #!/bin/sh
                echo '2026 INFO [x.LoggingImportMonitor] METADATA_IMPORTED Step: 1 of 5' >&2
                for file; do :; done
                echo "2026 INFO [x.LoggingImportMonitor] IMPORT_DONE Imported file: $file" >&2
                printf -- '- Fileset: 7\\n  Image: [8,9]\\n'
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Result result = omerods("import", "--now", SLIDE.value());
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains(SLIDE + " done: Fileset:7 Image:8,9");
        assertThat(triples()).containsExactly("omero::import::result=Fileset:7 Image:8,9", "omero::import=done");
    }

    @Test
    void anImportThatFailsNamesTheReasonAndEndsWithOne() throws Exception {
        Path program = Files.writeString(folder.resolve("omero"), "#!/bin/sh\necho 'No imports found' >&2\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Result result = omerods("import", "--now", SLIDE.value());
        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.out()).contains("failed: no reader of OMERO recognises it");
    }

    @Test
    void whatIsNotConfiguredIsNamed() {
        Result promote = omerods("promote", "--dry-run");
        assertThat(promote.code()).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(promote.err()).contains("omero.database-url");
        Result recall = omerods("recall", "x");
        assertThat(recall.code()).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(recall.err()).contains("promotion.collection");
    }

    @Test
    void aRecallOfWhatIsNoLinkFails() {
        Result result = omerods("recall", "alice_2/x", "--set", "promotion.collection=/tempZone/home/rods/omero");
        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.err()).contains("is no link");
        Result outside = omerods("recall", "../x", "--set", "promotion.collection=/tempZone/home/rods/omero");
        assertThat(outside.code()).isEqualTo(ExitCodes.CONFIGURATION);
        assertThat(outside.err()).contains("does not lie in");
    }
}
