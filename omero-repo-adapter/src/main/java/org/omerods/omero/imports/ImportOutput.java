package org.omerods.omero.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.omerods.omero.remote.ProgramResult;

/**
 * What one run of {@code omero import --output=yaml} says. Only the lines {@code Fileset:} on the standard output prove an
 * import; exit codes do not (0 also stands for "all excluded" and "nothing could be read").
 *
 * @param filesets what was imported
 * @param done source files whose fileset was imported
 * @param alreadyThere paths without the leading slash that {@code --exclude=clientpath} left out
 * @param failed of each source file that failed, why
 * @param problem why nothing was imported at all; empty when something was, or when everything was there already
 */
public record ImportOutput(
        List<ImportedFileset> filesets,
        Set<String> done,
        Set<String> alreadyThere,
        Map<String, String> failed,
        String problem) {
    private static final Pattern FILESET = Pattern.compile("- Fileset: (\\d+)\\s*");
    private static final Pattern MEMBERS = Pattern.compile("\\s+(Image|Plate): \\[([\\d,\\s]*)]\\s*");
    private static final Pattern DONE = Pattern.compile(".* IMPORT_DONE Imported file: (.*)");
    private static final Pattern EXCLUDED = Pattern.compile(".*ClientPath match for filename: (.*)");
    private static final Pattern FILE_FAILED =
            Pattern.compile(".*ErrorHandler\\s*] (?:FILE|INTERNAL|UNKNOWN|MISSING)\\w*: (.*)");
    private static final Pattern REASON = Pattern.compile("[\\w.$]*(?:Exception|Error)\\b.*");
    private static final int MAX_REASON = 500;

    public ImportOutput {
        filesets = List.copyOf(filesets);
        done = Set.copyOf(done);
        alreadyThere = Set.copyOf(alreadyThere);
        failed = Map.copyOf(failed);
    }

    public static ImportOutput of(ProgramResult result) {
        Set<String> done = new LinkedHashSet<>();
        Set<String> excluded = new LinkedHashSet<>();
        Map<String, String> failed = new LinkedHashMap<>();
        String awaiting = "";
        for (String line : result.errors()) {
            Matcher failure = FILE_FAILED.matcher(line);
            if (failure.matches()) {
                awaiting = failure.group(1);
                failed.put(awaiting, "failed without a reason");
            } else if (!awaiting.isEmpty() && REASON.matcher(line).matches()) {
                failed.put(awaiting, cut(line));
                awaiting = line.startsWith("java.lang.RuntimeException: Failure response") ? awaiting : "";
            } else if (!awaiting.isEmpty() && line.startsWith("Parameters: {")) {
                failed.put(awaiting, cut(line.replaceFirst(".*stacktrace=", "")));
                awaiting = "";
            }
            Matcher finished = DONE.matcher(line);
            if (finished.matches()) {
                done.add(finished.group(1));
            }
            Matcher match = EXCLUDED.matcher(line);
            if (match.matches()) {
                excluded.add(match.group(1));
            }
        }
        List<ImportedFileset> filesets = filesets(result.output());
        String problem = filesets.isEmpty() && (excluded.isEmpty() || !failed.isEmpty()) ? problem(result, failed) : "";
        return new ImportOutput(filesets, done, excluded, failed, problem);
    }

    private static List<ImportedFileset> filesets(List<String> output) {
        List<ImportedFileset> filesets = new ArrayList<>();
        for (String line : output) {
            Matcher fileset = FILESET.matcher(line);
            Matcher members = MEMBERS.matcher(line);
            if (fileset.matches()) {
                filesets.add(new ImportedFileset(Long.parseLong(fileset.group(1)), List.of(), List.of()));
            } else if (members.matches() && !filesets.isEmpty()) {
                List<Long> ids = Stream.of(members.group(2).split("[,\\s]+"))
                        .filter(id -> !id.isEmpty())
                        .map(Long::valueOf)
                        .toList();
                ImportedFileset last = filesets.removeLast();
                filesets.add(
                        members.group(1).equals("Image")
                                ? new ImportedFileset(last.id(), ids, last.plates())
                                : new ImportedFileset(last.id(), last.images(), ids));
            }
        }
        return filesets;
    }

    private static String problem(ProgramResult result, Map<String, String> failed) {
        Optional<Map.Entry<String, String>> first = failed.entrySet().stream().findFirst();
        if (first.isPresent()) {
            return first.get().getKey() + ": " + first.get().getValue();
        }
        if (result.errors().stream().anyMatch(line -> line.startsWith("No imports found"))) {
            return "no reader of OMERO recognises it, or it is not there for the importer";
        }
        if (result.errors().stream().anyMatch(line -> line.startsWith("No imports due to errors"))) {
            return "OMERO's readers fail on it";
        }
        for (String line : result.errors()) {
            if (line.contains(" ERROR ") && !line.contains("UpgradeCheck") && !line.contains("Error on import")) {
                return cut(line.replaceFirst(".*] ", ""));
            }
        }
        String last =
                result.errors().isEmpty() ? "" : ": " + cut(result.errors().getLast());
        return "omero import ended with " + result.exitCode() + " and imported nothing" + last;
    }

    private static String cut(String text) {
        return text.length() > MAX_REASON ? text.substring(0, MAX_REASON) + "…" : text;
    }
}
