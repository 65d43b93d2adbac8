package org.omerods.omero.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.omerods.omero.remote.OmeroException;
import org.omerods.omero.remote.WebSession;
import org.omerods.omero.remote.WebSession.Field;

/**
 * Through OMERO.web, at 0.03 to 0.1 s a call. The routes are those of the web client: {@code /webclient/annotate_map/}
 * makes, changes (with {@code annId}) and deletes (with an empty list), {@code /webclient/api/annotations/} lists.
 */
public final class WebAnnotations implements Annotations {
    private static final String LIST = "/webclient/api/annotations/";
    private static final String CHANGE = "/webclient/annotate_map/";

    private final WebSession session;

    public WebAnnotations(WebSession session) {
        this.session = session;
    }

    @Override
    public List<StoredAnnotation> list(ImageReference image, String namespace) throws OmeroException {
        long own = session.userId();
        JsonNode answer = session.get(
                "list annotations of",
                image.toString(),
                LIST,
                List.of(
                        new Field("type", "map"),
                        new Field("image", Long.toString(image.id())),
                        new Field("ns", namespace),
                        new Field("group", Long.toString(image.group()))));
        List<StoredAnnotation> found = new ArrayList<>();
        for (JsonNode annotation : answer.path("annotations")) {
            if (annotation.path("owner").path("id").asLong(-1) == own
                    && annotation.path("ns").asText("").equals(namespace)) {
                found.add(new StoredAnnotation(annotation.path("id").asLong(), pairsOf(annotation.path("values"))));
            }
        }
        found.sort(Comparator.comparingLong(StoredAnnotation::id));
        return found;
    }

    @Override
    public void create(ImageReference image, String namespace, List<MapPair> pairs) throws OmeroException {
        change("annotate", image, List.of(new Field("ns", namespace)), pairs);
    }

    @Override
    public void replace(ImageReference image, long annotation, List<MapPair> pairs) throws OmeroException {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("an empty list deletes annotation " + annotation);
        }
        change("change annotation " + annotation + " of", image, List.of(number(annotation)), pairs);
    }

    @Override
    public void delete(ImageReference image, long annotation) throws OmeroException {
        change("delete annotation " + annotation + " of", image, List.of(number(annotation)), List.of());
    }

    private void change(String operation, ImageReference image, List<Field> more, List<MapPair> pairs)
            throws OmeroException {
        List<Field> form = new ArrayList<>();
        form.add(new Field("image", Long.toString(image.id())));
        if (image.group() != ImageReference.ANY_GROUP) {
            form.add(new Field("group", Long.toString(image.group())));
        }
        form.addAll(more);
        form.add(new Field("mapAnnotation", json(pairs)));
        var _ = session.post(operation, image.toString(), CHANGE, form);
    }

    private static Field number(long annotation) {
        return new Field("annId", Long.toString(annotation));
    }

    private static String json(List<MapPair> pairs) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        pairs.forEach(pair -> rows.addArray().add(pair.key()).add(pair.value()));
        return rows.toString();
    }

    private static List<MapPair> pairsOf(JsonNode values) {
        List<MapPair> pairs = new ArrayList<>();
        values.forEach(
                row -> pairs.add(new MapPair(row.path(0).asText(""), row.path(1).asText(""))));
        return pairs;
    }
}
