// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** A file with the extended attributes that a mount gives to its files. */
public final class MarkedFile {
    private MarkedFile() {}

    public static Path of(Path directory, String name, String checksum, String status) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "content that nobody has to read");
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        assumeThat(supports(view)).as("extended attributes in " + directory).isTrue();
        set(view, "irods.checksum", checksum);
        set(view, "irods.status", status);
        return file;
    }

    private static boolean supports(UserDefinedFileAttributeView view) {
        try {
            set(view, "probe", "1");
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static void set(UserDefinedFileAttributeView view, String name, String value) throws IOException {
        view.write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }
}
