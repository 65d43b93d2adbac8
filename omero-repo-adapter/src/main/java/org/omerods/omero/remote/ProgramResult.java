package org.omerods.omero.remote;

import java.util.List;

/**
 * What a run of the {@code omero} program left. Its exit code alone says little: 0 also stands for an import of nothing, and
 * for a deletion that was refused.
 *
 * @param exitCode above 128 when a signal ended it
 * @param output lines of the standard output
 * @param errors the last lines of the standard error, where the program logs
 */
public record ProgramResult(int exitCode, List<String> output, List<String> errors) {
    public ProgramResult {
        output = List.copyOf(output);
        errors = List.copyOf(errors);
    }
}
