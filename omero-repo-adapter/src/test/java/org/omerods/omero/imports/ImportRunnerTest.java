package org.omerods.omero.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.imports.ImportPolicy.RefusedException;
import org.omerods.omero.imports.ImportResult.Done;
import org.omerods.omero.imports.ImportResult.Failed;
import org.omerods.omero.imports.ImportResult.Postponed;
import org.omerods.omero.links.MountPaths;
import org.omerods.omero.remote.OmeroProgram;
import org.omerods.omero.standin.OmeroProgramStandIn;
import org.omerods.omero.standin.OmeroProgramStandIn.Call;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.ObjectVersion;
import org.omerods.storage.ReplicaState;
import org.omerods.storage.StoragePath;

final class ImportRunnerTest {
    @TempDir
    private Path folder;

    private Path mounted;
    private OmeroProgramStandIn omero;

    @BeforeEach
    void start() throws Exception {
        omero = new OmeroProgramStandIn(Files.createDirectory(folder.resolve("omero")));
        mounted = Files.createDirectory(folder.resolve("irods"));
    }

    private ImportRunner runner(ImportedFilesets known, Duration timeout, String password) {
        return new ImportRunner(
                new OmeroProgram(omero.config(password)),
                new ImportSettings(List.of("checksum", "upgrade"), timeout, 1),
                ImportPolicy.OWNERS,
                new MountPaths(StoragePath.of("/tempZone/home"), mounted),
                known);
    }

    private ImportResult run(ImportRequest request) {
        return runner(ImportedFilesets.UNKNOWN, Duration.ofSeconds(30), OmeroProgramStandIn.PASSWORD)
                .run(request, step -> {});
    }

    private void file(String name) throws Exception {
        Path file = mounted.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    private static Entry object(String path) {
        return new DataObject(
                StoragePath.of(path),
                new ObjectVersion(10, 0, 1, Instant.EPOCH, ""),
                ReplicaState.GOOD,
                "",
                1,
                "alice",
                Instant.EPOCH);
    }

    private ImportRequest request(String name, String target) throws Exception {
        file(name);
        return new ImportRequest(object("/tempZone/home/" + name), target, "", "");
    }

    private static ImportRequest collection(String name) {
        return new ImportRequest(
                new Collection(StoragePath.of("/tempZone/home/" + name), 20, "alice", Instant.EPOCH, Instant.EPOCH),
                "",
                "",
                "lab");
    }

    @Test
    void anObjectIsImportedInPlaceForItsOwner() throws Exception {
        assertThat(run(request("slides/x y.ndpi", "Dataset:name:Mäuse 肌")))
                .isEqualTo(new Done("Fileset:2 Image:20,21"));
        assertThat(omero.calls()).hasSize(1);
        assertThat(omero.calls().getFirst().words())
                .containsExactly(
                        "import",
                        "-s",
                        "127.0.0.1",
                        "-p",
                        "4064",
                        "-u",
                        "alice",
                        "--sudo",
                        "root",
                        "--transfer=ln_s",
                        "--skip=checksum",
                        "--skip=upgrade",
                        "--exclude=clientpath",
                        "-T",
                        "Dataset:name:Mäuse 肌",
                        "--output=yaml",
                        mounted.resolve("slides/x y.ndpi").toString());
    }

    @Test
    void thePasswordIsInNoArgumentAndEachRunHasAnEmptyFolderAndSessionOfItsOwn() throws Exception {
        run(request("x.ndpi", ""));
        Call call = omero.calls().getFirst();
        assertThat(call.password()).isEqualTo(OmeroProgramStandIn.PASSWORD);
        assertThat(call.words()).noneMatch(word -> word.contains("pw"));
        assertThat(call.filesInWorkingDirectory()).isZero();
        assertThat(call.sessions()).isZero();
        assertThat(omero.leftOvers()).isEmpty();
        assertThat(omero.config().toString()).doesNotContain(OmeroProgramStandIn.PASSWORD);
    }

    @Test
    void aSecondRunFindsThatItIsThereAndImportsNothing() throws Exception {
        ImportRequest request = request("x.ndpi", "");
        run(request);
        assertThat(run(request)).isEqualTo(new Done("1 already imported"));
        assertThat(omero.imported()).hasSize(1);
    }

    @Test
    void exitCodesAreNotBelieved() throws Exception {
        assertThat(run(request("truncated.ndpi", "")))
                .isEqualTo(new Failed("loci.formats.FormatException: No IFDs found", ""));
        assertThat(run(request("garbage.ndpi", "")))
                .isEqualTo(new Failed("no reader of OMERO recognises it, or it is not there for the importer", ""));
        assertThat(run(request("deflate.tif", "")))
                .isEqualTo(new Failed("loci.formats.FormatException: ZipException: incorrect header check", ""));
    }

    @Test
    void aCollectionIsImportedAsTheFilesetsThatOmeroFinds() throws Exception {
        for (String name : List.of("a.ndpi", "b.svs", "notes.txt", "multi/s.companion.ome", "multi/s_z0.ome.tiff")) {
            file("run1/" + name);
        }
        List<ImportProgress> steps = Collections.synchronizedList(new ArrayList<>());
        ImportResult result = runner(ImportedFilesets.UNKNOWN, Duration.ofSeconds(30), OmeroProgramStandIn.PASSWORD)
                .run(collection("run1"), steps::add);
        assertThat(result).isEqualTo(new Done("Fileset:2 Image:20,21 Fileset:3 Image:30,31 Fileset:4 Image:40,41"));
        assertThat(omero.calls()).hasSize(2);
        assertThat(omero.calls().getFirst().words()).startsWith("import", "-f").doesNotContain("-u");
        assertThat(omero.calls().getLast().words())
                .contains("-c", "-g", "lab")
                .doesNotContain("--skip=checksum,upgrade");
        assertThat(steps).last().isEqualTo(new ImportProgress(3, 3, "IMPORT_DONE"));
    }

    @Test
    void ofACollectionEachFailureIsNamedAndTheRestIsImported() throws Exception {
        for (String name : List.of("a.ndpi", "deflate.tif", "truncated.svs", "z.svs")) {
            file("mixed/" + name);
        }
        Failed failed = (Failed) run(collection("mixed"));
        assertThat(failed.reason())
                .startsWith("2 of 4 filesets failed: ")
                .contains("deflate.tif: loci.formats.FormatException", "truncated.svs: loci.formats.FormatException");
        assertThat(failed.text()).isEqualTo("Fileset:2 Image:20,21 Fileset:3 Image:30,31");
    }

    @Test
    void aDryRunListsFilesetsAndImportsNothing() throws Exception {
        file("run1/multi/s.companion.ome");
        file("run1/multi/s_z0.ome.tiff");
        List<FilesetCandidate> found = runner(
                        ImportedFilesets.UNKNOWN, Duration.ofSeconds(30), OmeroProgramStandIn.PASSWORD)
                .candidates(collection("run1"));
        assertThat(found)
                .containsExactly(new FilesetCandidate(
                        mounted + "/run1/multi/s.companion.ome",
                        "loci.formats.in.OMETiffReader",
                        false,
                        List.of(mounted + "/run1/multi/s.companion.ome", mounted + "/run1/multi/s_z0.ome.tiff")));
        assertThat(omero.imported()).isEmpty();
    }

    @Test
    void anImportThatHangsIsEndedWithItsChildrenAndSaysSo() throws Exception {
        ImportRequest request = request("hang.ndpi", "");
        ImportResult result = runner(ImportedFilesets.UNKNOWN, Duration.ofMillis(1_500), OmeroProgramStandIn.PASSWORD)
                .run(request, step -> {});
        assertThat(((Failed) result).reason()).contains("did not end within");
        assertThat(ProcessHandle.of(omero.pid("hanging")).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(omero.leftOvers()).isEmpty();
    }

    @Test
    void remainsOfAnInterruptedImportDoNotCountAsImported() throws Exception {
        ImportRequest request = request("x.ndpi", "");
        ImportedFilesets dead = (as, paths) -> {
            assertThat(as.user()).isEqualTo("alice");
            return Map.of(paths.iterator().next(), List.of(new ImportedFilesets.Known(37, false)));
        };
        run(request);
        ImportResult again = runner(dead, Duration.ofSeconds(30), OmeroProgramStandIn.PASSWORD)
                .run(request, step -> {});
        assertThat(again).isEqualTo(new Done("Fileset:3 Image:30,31"));
        assertThat(omero.calls().getLast().words()).doesNotContain("--exclude=clientpath");
    }

    @Test
    void whatTheDatabaseShowsCompleteIsNotImportedAgain() throws Exception {
        ImportedFilesets complete = (as, paths) -> Map.of(
                paths.iterator().next(),
                List.of(new ImportedFilesets.Known(38, false), new ImportedFilesets.Known(37, true)));
        ImportResult result = runner(complete, Duration.ofSeconds(30), OmeroProgramStandIn.PASSWORD)
                .run(request("x.ndpi", ""), step -> {});
        assertThat(result).isEqualTo(new Done("Fileset:37"));
        assertThat(omero.calls()).isEmpty();
    }

    @Test
    void anInterruptEndsTheImporterAndPostpones() throws Exception {
        ImportRequest request = request("hang.ndpi", "");
        CompletableFuture<ImportResult> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> result.complete(run(request)));
        await().atMost(Duration.ofSeconds(10)).until(() -> omero.has("hanging"));
        thread.interrupt();
        assertThat(result.get()).isInstanceOf(Postponed.class);
        assertThat(ProcessHandle.of(omero.pid("hanging")).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aServerThatIsAwayPostponesAndARefusedPasswordFails() throws Exception {
        omero.down(true);
        assertThat(run(request("x.ndpi", ""))).isInstanceOf(Postponed.class);
        omero.down(false);
        ImportResult result = runner(ImportedFilesets.UNKNOWN, Duration.ofSeconds(30), "wrong secret")
                .run(request("x.ndpi", ""), step -> {});
        assertThat(((Failed) result).reason()).contains("Password check failed").doesNotContain("wrong secret");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        OmeroProgram missing = new OmeroProgram(new org.omerods.omero.remote.ProgramConfig(
                "/no/such/omero", "h", 4064, "root", omero.config().password(), folder.resolve("s")));
        ImportRunner runner = new ImportRunner(
                missing,
                ImportSettings.DEFAULT,
                ImportPolicy.OWNERS,
                new MountPaths(StoragePath.of("/tempZone/home"), mounted),
                ImportedFilesets.UNKNOWN);
        Postponed result = (Postponed) runner.run(request("x.ndpi", ""), step -> {});
        assertThat(result.reason()).contains("/no/such/omero").contains("install omero-py");
    }

    @Test
    void nobodyImportsForSomebodyElseUnlessAllowed() throws Exception {
        ImportRequest foreign = new ImportRequest(object("/tempZone/home/x.ndpi"), "", "root", "");
        assertThat(((Failed) run(foreign)).reason()).contains("import.allowed-users");
        assertThat(new ImportPolicy("", List.of("*")).judge(foreign).user()).isEqualTo("root");
        assertThat(new ImportPolicy("", List.of("ro", "root")).judge(foreign).user())
                .isEqualTo("root");
        assertThat(omero.calls()).isEmpty();
    }

    @Test
    void wishesThatAreNoneAreRefusedBeforeTheyReachACommandLine() throws Exception {
        for (String target :
                List.of("--skip=all", "Dataset:name:", "Image:1", "Dataset:name:a\nb", "Dataset:id:1;rm")) {
            ImportRequest odd = new ImportRequest(object("/tempZone/home/x"), target, "", "");
            assertThat(catchThrowableOfType(RefusedException.class, () -> ImportPolicy.OWNERS.judge(odd)))
                    .hasMessageContaining("target");
        }
        for (String name : List.of("-k", "a\u0000b")) {
            ImportRequest odd = new ImportRequest(object("/tempZone/home/x"), "", name, "");
            assertThat(catchThrowableOfType(
                            RefusedException.class, () -> new ImportPolicy("", List.of("*")).judge(odd)))
                    .isNotNull();
        }
        ImportRequest outside = new ImportRequest(object("/otherZone/x"), "", "", "");
        assertThat(((Failed) run(outside)).reason())
                .contains("is not below any collection that OMERO sees: omero.mounts is ");
    }
}
