package org.omerods.fs.plan.replay;

import java.util.ArrayList;
import java.util.List;
import org.omerods.fs.plan.ByteRange;

/**
 * Reads of one file in their order. As text: a line {@code offset length} for each, in bytes; empty lines, and lines that
 * begin with {@code #}, are comments.
 */
public record ReadTrace(List<ByteRange> reads) {
    public ReadTrace {
        reads = List.copyOf(reads);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with the number of the line that is not of this form
     */
    public static ReadTrace parse(String text) {
        List<ByteRange> reads = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                reads.add(read(stripped, number));
            }
        }
        return new ReadTrace(reads);
    }

    private static ByteRange read(String line, int number) {
        int space = line.indexOf(' ');
        try {
            return ByteRange.of(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("line " + number + ": \"" + line + "\" is not: offset length", e);
        }
    }

    public String toText() {
        StringBuilder text = new StringBuilder();
        reads.forEach(read ->
                text.append(read.start()).append(' ').append(read.length()).append('\n'));
        return text.toString();
    }
}
