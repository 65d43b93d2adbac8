// SPDX-License-Identifier: GPL-2.0-or-later
package ome.util.checksum;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says what was put in, in order, instead of a checksum. */
public final class SHA1ChecksumProviderImpl implements ChecksumProvider {
    public final List<String> puts = new ArrayList<>();

    @Override
    public ChecksumProvider putBytes(byte[] bytes) {
        return putBytes(bytes, 0, bytes.length);
    }

    @Override
    public ChecksumProvider putBytes(byte[] bytes, int offset, int length) {
        puts.add("bytes:" + length);
        return this;
    }

    @Override
    public ChecksumProvider putBytes(ByteBuffer bytes) {
        if (!bytes.hasArray()) {
            throw new IllegalArgumentException("no array");
        }
        return putBytes(bytes.array(), bytes.arrayOffset(), bytes.limit());
    }

    @Override
    public ChecksumProvider putFile(String path) {
        puts.add("file:" + path);
        return this;
    }

    @Override
    public byte[] checksumAsBytes() {
        return checksumAsString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String checksumAsString() {
        return "read " + puts;
    }
}
