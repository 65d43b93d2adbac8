package org.omerods.omero.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.omerods.omero.metadata.MetadataExtraction.Outcome;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore.Operation;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.memory.MemoryStorage;

final class MetadataExtractionTest {
    private static final StoragePath PATH = new StoragePath("/a.ome.tiff");

    private static final String OME_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06">
              <Instrument ID="Instrument:0">
                <Microscope Manufacturer="Hamamatsu" Model="C13210"/>
                <Objective ID="Objective:0" NominalMagnification="20.0" LensNA="0.75"/>
              </Instrument>
              <Image ID="Image:0" Name="kidney &amp; liver">
                <AcquisitionDate>2024-03-05T10:11:12</AcquisitionDate>
                <InstrumentRef ID="Instrument:0"/>
                <ObjectiveSettings ID="Objective:0"/>
                <Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="1024" SizeY="768" SizeZ="1" SizeC="2" SizeT="1"
                    PhysicalSizeX="0.4415" PhysicalSizeXUnit="µm" PhysicalSizeY="0.4415" PhysicalSizeYUnit="µm">
                  <Channel ID="Channel:0:0" Name="DAPI" SamplesPerPixel="1"/>
                  <Channel ID="Channel:0:1" Name="FITC" SamplesPerPixel="1"/>
                  <MetadataOnly/>
                </Pixels>
              </Image>
              <Image ID="Image:1" Name="macro">
                <Pixels ID="Pixels:1" DimensionOrder="XYCZT" Type="uint8" SizeX="100" SizeY="50" SizeZ="1" SizeC="1" SizeT="1">
                  <MetadataOnly/>
                </Pixels>
              </Image>
            </OME>
            """;

    private final Storage storage = new MemoryStorage();

    @TempDir
    private Path directory;

    @Test
    void anOmeTiffTellsItsMetadata() throws Exception {
        put(TiffBytes.big(ByteOrder.LITTLE_ENDIAN, OME_XML).bytes());
        Outcome outcome = extract(MetadataChoice.DEFAULTS);
        assertThat(outcome.source()).isEqualTo("OME-TIFF");
        assertThat(storage.avus().list(PATH))
                .containsExactlyInAnyOrder(
                        new Avu("ome::image-count", "2", ""),
                        new Avu("ome::name", "kidney & liver", ""),
                        new Avu("ome::acquisition-date", "2024-03-05T10:11:12", ""),
                        new Avu("ome::size-x", "1024", ""),
                        new Avu("ome::size-y", "768", ""),
                        new Avu("ome::size-z", "1", ""),
                        new Avu("ome::size-c", "2", ""),
                        new Avu("ome::size-t", "1", ""),
                        new Avu("ome::pixel-type", "uint8", ""),
                        new Avu("ome::physical-size-x", "0.4415", "µm"),
                        new Avu("ome::physical-size-y", "0.4415", "µm"),
                        new Avu("ome::channel", "DAPI", ""),
                        new Avu("ome::channel", "FITC", ""),
                        new Avu("ome::objective-magnification", "20", "x"),
                        new Avu("ome::objective-na", "0.75", ""),
                        new Avu("ome::microscope", "Hamamatsu C13210", ""));
    }

    @Test
    void aSecondRunWritesNothing() throws Exception {
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, OME_XML).bytes());
        assertThat(extract(MetadataChoice.DEFAULTS).isUnchanged()).isFalse();
        assertThat(extract(MetadataChoice.DEFAULTS).isUnchanged()).isTrue();
    }

    @Test
    void onlyTriplesOfThePrefixAreReplaced() throws Exception {
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, OME_XML).bytes());
        storage.avus()
                .apply(
                        PATH,
                        List.of(
                                new Operation.Add(new Avu("stain", "H&E", "")),
                                new Operation.Add(new Avu("omero::image", "urn:lsid:x", "0")),
                                new Operation.Add(new Avu("ome::size-x", "999", ""))));
        Outcome outcome = extract(MetadataChoice.DEFAULTS);
        assertThat(outcome.removed()).containsExactly(new Avu("ome::size-x", "999", ""));
        assertThat(storage.avus().list(PATH))
                .contains(new Avu("stain", "H&E", ""), new Avu("omero::image", "urn:lsid:x", "0"))
                .doesNotContain(new Avu("ome::size-x", "999", ""));
    }

    @Test
    void whatIsTakenCanBeChosen() throws Exception {
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, OME_XML).bytes());
        extract(new MetadataChoice("slide.", EnumSet.of(Fact.SIZE_X, Fact.NAME), true));
        assertThat(storage.avus().list(PATH))
                .containsExactlyInAnyOrder(
                        new Avu("slide.name", "kidney & liver", ""),
                        new Avu("slide.size-x", "1024", ""),
                        new Avu("slide.1::name", "macro", ""),
                        new Avu("slide.1::size-x", "100", ""));
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, OME_XML).bytes());
        Outcome outcome = new MetadataExtraction(
                        storage, List.of(new OmeTiffSource(storage)), MetadataChoice.DEFAULTS, true)
                .extract((DataObject) storage.stat(PATH));
        assertThat(outcome.added()).hasSize(16);
        assertThat(storage.avus().list(PATH)).isEmpty();
    }

    @Test
    void aFileWithoutOmeXmlHasNoMetadata() throws Exception {
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, "Aperio Image Library v10").bytes());
        assertThat(extract(MetadataChoice.DEFAULTS).hasMetadata()).isFalse();
        put("plain text".getBytes(StandardCharsets.UTF_8));
        assertThat(extract(MetadataChoice.DEFAULTS).hasMetadata()).isFalse();
    }

    @Test
    void hostileDocumentsAreRefusedAndChangeNothing() throws Exception {
        String bomb = "<!DOCTYPE OME [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        String outside = "<!DOCTYPE OME [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
        for (String prologue : List.of(bomb, outside)) {
            put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, prologue + "<OME>&x;&b;</OME>")
                    .bytes());
            assertThatThrownBy(() -> extract(MetadataChoice.DEFAULTS))
                    .isInstanceOf(MetadataException.class)
                    .hasMessageContaining("not well-formed");
        }
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, "<OME><Image ID=").bytes());
        assertThatThrownBy(() -> extract(MetadataChoice.DEFAULTS)).isInstanceOf(MetadataException.class);
        assertThat(storage.avus().list(PATH)).isEmpty();
    }

    @Test
    void valuesBecomeOneLineAndAreCutAtWhatIrodsKeeps() throws Exception {
        String name = "line one&#10;line two " + "é".repeat(3000);
        put(TiffBytes.classic(ByteOrder.BIG_ENDIAN, OME_XML.replace("kidney &amp; liver", name))
                .bytes());
        extract(new MetadataChoice("ome::", EnumSet.of(Fact.NAME), false));
        String value = storage.avus().list(PATH).getFirst().value();
        assertThat(value).startsWith("line one line two éé");
        assertThat(value.getBytes(StandardCharsets.UTF_8).length).isBetween(2699, 2700);
    }

    @Test
    void bioFormatsIsAskedForOtherFormats() throws Exception {
        put("a format of its own".getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("a.ome.tiff"), "mounted");
        Path showinf = program("echo 'Checking file format'; cat <<'EOF'\n" + OME_XML + "EOF");
        ShowinfSource source = new ShowinfSource(showinf, StoragePath.ROOT, directory, Duration.ofSeconds(30));
        Optional<byte[]> xml = source.read((DataObject) storage.stat(PATH));
        assertThat(xml).isPresent();
        assertThat(MetadataTriples.of(OmeDocument.parse(xml.get()), MetadataChoice.DEFAULTS))
                .contains(new Avu("ome::name", "kidney & liver", ""));
    }

    @Test
    void aProgramThatHangsIsEnded() throws Exception {
        put("x".getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("a.ome.tiff"), "mounted");
        ShowinfSource source =
                new ShowinfSource(program("sleep 600"), StoragePath.ROOT, directory, Duration.ofMillis(300));
        assertThatThrownBy(() -> source.read((DataObject) storage.stat(PATH)))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining("did not end");
    }

    @Test
    void aFormatThatBioFormatsDoesNotKnowHasNoMetadata() throws Exception {
        put("x".getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("a.ome.tiff"), "mounted");
        ShowinfSource source = new ShowinfSource(
                program("echo 'Unknown file format' >&2; exit 1"), StoragePath.ROOT, directory, Duration.ofSeconds(30));
        assertThat(source.read((DataObject) storage.stat(PATH))).isEmpty();
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("showinf"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private void put(byte[] content) throws StorageException {
        try (ObjectWriter writer = storage.write(PATH, WriteMode.REPLACE)) {
            writer.write(0, ByteBuffer.wrap(content));
            DataObject written = writer.commit();
            assertThat(written.size()).isEqualTo(content.length);
        }
    }

    private Outcome extract(MetadataChoice choice) throws StorageException, MetadataException {
        return new MetadataExtraction(storage, List.of(new OmeTiffSource(storage)), choice, false)
                .extract((DataObject) storage.stat(PATH));
    }
}
