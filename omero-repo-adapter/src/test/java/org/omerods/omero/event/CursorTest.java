package org.omerods.omero.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far the log was read, as text; and which rows of it matter. */
class CursorTest {
    @Test
    void aCursorComesBackFromItsText() {
        Cursor cursor = new Cursor(Long.MAX_VALUE, 2, 0);
        assertThat(Cursor.parse(cursor.toText())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1:2:3", "1:2:3:4:5", "2:2:3:4", "1:a:3:4", "1:99999999999999999999:3:4", "1:2:3:4 "})
    void whatIsNoCursorMeansThatEverythingIsCompared(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ome.model.core.Image, IMAGE",
        "ome.model.annotations.TagAnnotation, ANNOTATION",
        "ome.model.annotations.MapAnnotation, ANNOTATION",
        "ome.model.annotations.ImageAnnotationLink, IMAGE_ANNOTATION_LINK",
        "ome.model.annotations.DatasetAnnotationLink,",
        "ome.model.meta.Session,",
        "Image,"
    })
    void classesThatMatterAreKnownByTheirFullNames(String name, EntityKind kind) {
        assertThat(EntityKind.of(name).orElse(null)).isEqualTo(kind);
    }
}
