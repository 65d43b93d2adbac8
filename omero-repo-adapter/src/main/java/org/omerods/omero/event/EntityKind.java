package org.omerods.omero.event;

import java.util.Optional;

/** The classes of OMERO whose changes matter, by their full names in the event log. */
public enum EntityKind {
    FILESET("ome.model.fs.Fileset"),
    FILESET_ENTRY("ome.model.fs.FilesetEntry"),
    ORIGINAL_FILE("ome.model.core.OriginalFile"),
    IMAGE("ome.model.core.Image"),
    PIXELS("ome.model.core.Pixels"),
    ROI("ome.model.roi.Roi"),
    PROJECT("ome.model.containers.Project"),
    DATASET("ome.model.containers.Dataset"),
    SCREEN("ome.model.screen.Screen"),
    PLATE("ome.model.screen.Plate"),
    WELL_SAMPLE("ome.model.screen.WellSample"),
    PROJECT_DATASET_LINK("ome.model.containers.ProjectDatasetLink"),
    DATASET_IMAGE_LINK("ome.model.containers.DatasetImageLink"),
    SCREEN_PLATE_LINK("ome.model.screen.ScreenPlateLink"),
    IMAGE_ANNOTATION_LINK("ome.model.annotations.ImageAnnotationLink"),
    FILESET_ANNOTATION_LINK("ome.model.annotations.FilesetAnnotationLink"),
    /** Any class of annotation. */
    ANNOTATION("ome.model.annotations.Annotation"),
    EXPERIMENTER("ome.model.meta.Experimenter"),
    GROUP("ome.model.meta.ExperimenterGroup");

    private final String className;

    EntityKind(String className) {
        this.className = className;
    }

    static Optional<EntityKind> of(String className) {
        if (className.startsWith("ome.model.annotations.") && className.endsWith("Annotation")) {
            return Optional.of(ANNOTATION);
        }
        for (EntityKind kind : values()) {
            if (kind.className.equals(className)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether it is made and removed, never changed, and says nothing once it is gone. */
    boolean isLink() {
        return switch (this) {
            case PROJECT_DATASET_LINK,
                    DATASET_IMAGE_LINK,
                    SCREEN_PLATE_LINK,
                    IMAGE_ANNOTATION_LINK,
                    FILESET_ANNOTATION_LINK,
                    ROI -> true;
            case FILESET,
                    FILESET_ENTRY,
                    ORIGINAL_FILE,
                    IMAGE,
                    PIXELS,
                    PROJECT,
                    DATASET,
                    SCREEN,
                    PLATE,
                    WELL_SAMPLE,
                    ANNOTATION,
                    EXPERIMENTER,
                    GROUP -> false;
        };
    }
}
