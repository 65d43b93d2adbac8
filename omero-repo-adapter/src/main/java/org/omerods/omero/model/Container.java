package org.omerods.omero.model;

/** Something that images are sorted into. */
public record Container(Kind kind, long id, String name) {
    public enum Kind {
        PROJECT("Project"),
        DATASET("Dataset"),
        SCREEN("Screen"),
        PLATE("Plate");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** OMERO's name of the class. */
        public String type() {
            return type;
        }
    }
}
