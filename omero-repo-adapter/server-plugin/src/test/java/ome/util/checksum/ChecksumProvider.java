// SPDX-License-Identifier: GPL-2.0-or-later
package ome.util.checksum;

import java.nio.ByteBuffer;

/** As OMERO has it, by name and signature. */
public interface ChecksumProvider {
    ChecksumProvider putBytes(byte[] bytes);

    ChecksumProvider putBytes(byte[] bytes, int offset, int length);

    ChecksumProvider putBytes(ByteBuffer bytes);

    ChecksumProvider putFile(String path);

    byte[] checksumAsBytes();

    String checksumAsString();
}
