package org.omerods.storage;

import static java.util.Objects.requireNonNull;

/** An attribute-value-units triple; units may be empty and are part of its identity. */
public record Avu(String attribute, String value, String units) {
    public Avu {
        requireNonNull(attribute, "attribute");
        requireNonNull(value, "value");
        requireNonNull(units, "units");
        if (attribute.isEmpty() || value.isEmpty()) {
            throw new IllegalArgumentException("attribute and value of an AVU must not be empty");
        }
    }
}
