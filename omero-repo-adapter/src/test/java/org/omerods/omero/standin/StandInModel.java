package org.omerods.omero.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the stand-in knows: users with their groups, images, map annotations. All access is under the server's lock. */
final class StandInModel {
    final Map<String, User> users = new LinkedHashMap<>();
    final Map<Long, Image> images = new LinkedHashMap<>();
    final Map<Long, Annotation> annotations = new LinkedHashMap<>();
    long nextAnnotation = 1;

    record User(long id, String name, String password, List<Long> groups) {}

    record Image(long id, long group) {}

    record Annotation(long id, long owner, String parent, long parentId, String namespace, List<List<String>> values) {}

    boolean sees(User user, long imageId) {
        Image image = images.get(imageId);
        return image != null && user.groups().contains(image.group());
    }

    /** One annotation for each object, as OMERO.web does it, whatever the namespace. */
    List<Long> create(User user, List<String[]> objects, String namespace, List<List<String>> values) {
        List<Long> ids = new ArrayList<>();
        for (String[] object : objects) {
            long id = nextAnnotation++;
            annotations.put(id, new Annotation(id, user.id(), object[0], Long.parseLong(object[1]), namespace, values));
            ids.add(id);
        }
        return ids;
    }
}
