package org.omerods.cli.mount;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.omerods.fs.staging.StagedProblem;
import org.omerods.fs.staging.Staging;
import org.omerods.storage.StorageException;

/** What a person may order about the files of a mount whose upload failed. */
public record RecoveryOrders(Supplier<Map<String, Staging>> stagings) {

    /**
     * The answer to an order.
     *
     * @param done whether it was carried out
     * @param message in words
     * @param problems the files that still have one
     */
    public record Outcome(boolean done, String message, List<StagedProblem> problems) {}

    /** Whether a request of a command is an order of this kind. */
    boolean concerns(JsonNode request) {
        return request.path("operation").asText().equals("recover");
    }

    Outcome handle(JsonNode request) {
        List<String> words = new ArrayList<>();
        request.path("words").forEach(word -> words.add(word.asText()));
        return carryOut(request.path("user").asText(), words);
    }

    /**
     * {@code list}, {@code retry N}, {@code export N FILE}, {@code discard N}.
     *
     * @param user whose files, where the mount has several users; numbers count for each of them
     */
    Outcome carryOut(String user, List<String> words) {
        Map<String, Staging> all = stagings.get();
        if (all.isEmpty()) {
            return new Outcome(true, "nothing is written here", List.of());
        }
        Staging files =
                all.size() == 1 && user.isEmpty() ? all.values().iterator().next() : all.get(user);
        if (files == null) {
            List<StagedProblem> problems = all.values().stream()
                    .flatMap(one -> one.problems().stream())
                    .toList();
            boolean list = user.isEmpty() && words.equals(List.of("list"));
            return new Outcome(list, "say whose files: --of " + String.join(" | ", all.keySet()), problems);
        }
        try {
            String message = carryOut(files, words);
            return new Outcome(true, message, files.problems());
        } catch (StorageException | IOException | IllegalArgumentException e) {
            return new Outcome(false, String.valueOf(e.getMessage()), files.problems());
        }
    }

    private static String carryOut(Staging files, List<String> words) throws StorageException, IOException {
        String order = words.isEmpty() ? "" : words.getFirst();
        if (order.equals("list")) {
            return "";
        }
        if (words.size() < 2) {
            throw new IllegalArgumentException("'" + order + "' needs the number of a file");
        }
        long number = Long.parseLong(words.get(1));
        return switch (order) {
            case "retry" -> {
                files.retry(number);
                yield "file " + number + " is uploaded";
            }
            case "discard" -> {
                files.discard(number);
                yield "file " + number + " is discarded";
            }
            case "export" -> {
                Path target = Path.of(words.get(2));
                long lost = files.export(number, target);
                yield lost == 0
                        ? "file " + number + " is copied to " + target
                        : "file " + number + " is copied to " + target + ", but " + lost
                                + " bytes that were never changed here could not be had and are zeros";
            }
            default -> throw new IllegalArgumentException("unknown order '" + order + "'");
        };
    }
}
