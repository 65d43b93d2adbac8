package org.omerods.omero.metadata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ome.units.quantity.Length;
import ome.xml.model.Channel;
import ome.xml.model.Image;
import ome.xml.model.Instrument;
import ome.xml.model.Microscope;
import ome.xml.model.OME;
import ome.xml.model.Objective;
import ome.xml.model.ObjectiveSettings;
import ome.xml.model.Pixels;
import org.jspecify.annotations.Nullable;
import org.omerods.storage.Avu;

/**
 * From OME-XML to triples; pure. The first image's attributes are the prefix and the fact; those of a further image have
 * its number in between: {@code ome::1::size-x}. Lengths have the symbol of their unit as units.
 */
final class MetadataTriples {
    /** iRODS keeps 2,700 bytes of a value. */
    private static final int MAX_VALUE_BYTES = 2700;

    /** A plate has thousands of images; nobody reads their attributes one by one. */
    private static final int MAX_IMAGES = 64;

    private final MetadataChoice choice;
    private final Set<Avu> triples = new LinkedHashSet<>();

    private MetadataTriples(MetadataChoice choice) {
        this.choice = choice;
    }

    static List<Avu> of(OME document, MetadataChoice choice) {
        MetadataTriples all = new MetadataTriples(choice);
        int images = document.sizeOfImageList();
        all.add("", Fact.IMAGE_COUNT, String.valueOf(images), "");
        int taken = choice.allImages() ? Math.min(images, MAX_IMAGES) : Math.min(images, 1);
        for (int i = 0; i < taken; i++) {
            all.addImage(i == 0 ? "" : i + "::", document.getImage(i));
        }
        return new ArrayList<>(all.triples);
    }

    private void addImage(String number, Image image) {
        add(number, Fact.NAME, image.getName(), "");
        add(number, Fact.ACQUISITION_DATE, image.getAcquisitionDate(), "");
        addPixels(number, image.getPixels());
        objectiveOf(image).ifPresent(objective -> {
            add(number, Fact.OBJECTIVE_MAGNIFICATION, plain(objective.getNominalMagnification()), "x");
            add(number, Fact.OBJECTIVE_NA, plain(objective.getLensNA()), "");
        });
        Instrument instrument = image.getLinkedInstrument();
        Microscope microscope = instrument == null ? null : instrument.getMicroscope();
        if (microscope != null) {
            String maker = microscope.getManufacturer() == null ? "" : microscope.getManufacturer() + " ";
            String model = microscope.getModel() == null ? "" : microscope.getModel();
            add(number, Fact.MICROSCOPE, (maker + model).strip(), "");
        }
    }

    private void addPixels(String number, @Nullable Pixels pixels) {
        if (pixels == null) {
            return;
        }
        add(number, Fact.SIZE_X, pixels.getSizeX(), "");
        add(number, Fact.SIZE_Y, pixels.getSizeY(), "");
        add(number, Fact.SIZE_Z, pixels.getSizeZ(), "");
        add(number, Fact.SIZE_C, pixels.getSizeC(), "");
        add(number, Fact.SIZE_T, pixels.getSizeT(), "");
        add(number, Fact.PIXEL_TYPE, pixels.getType(), "");
        addLength(number, Fact.PHYSICAL_SIZE_X, pixels.getPhysicalSizeX());
        addLength(number, Fact.PHYSICAL_SIZE_Y, pixels.getPhysicalSizeY());
        addLength(number, Fact.PHYSICAL_SIZE_Z, pixels.getPhysicalSizeZ());
        for (Channel channel : pixels.copyChannelList()) {
            add(number, Fact.CHANNEL, channel.getName(), "");
        }
    }

    /** The one that was used, else the only one that the instrument has. */
    private static Optional<Objective> objectiveOf(Image image) {
        ObjectiveSettings settings = image.getObjectiveSettings();
        if (settings != null && settings.getObjective() != null) {
            return Optional.of(settings.getObjective());
        }
        Instrument instrument = image.getLinkedInstrument();
        return instrument != null && instrument.sizeOfObjectiveList() == 1
                ? Optional.of(instrument.getObjective(0))
                : Optional.empty();
    }

    private void addLength(String number, Fact fact, @Nullable Length length) {
        if (length != null) {
            add(number, fact, plain(length.value()), length.unit().getSymbol());
        }
    }

    /** 20 rather than 20.0: what people search for. */
    private static @Nullable String plain(@Nullable Number value) {
        if (value == null) {
            return null;
        }
        double number = value.doubleValue();
        return number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    private void add(String number, Fact fact, @Nullable Object value, String units) {
        if (value == null || !choice.facts().contains(fact)) {
            return;
        }
        String text = clean(String.valueOf(value));
        if (!text.isEmpty()) {
            triples.add(new Avu(choice.prefix() + number + fact.suffix(), text, clean(units)));
        }
    }

    /** One line without control characters, which the wire cannot carry, cut to what iRODS keeps. */
    private static String clean(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        int end = line.length();
        while (line.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            end = line.offsetByCodePoints(end, -1);
        }
        return line.substring(0, end);
    }
}
