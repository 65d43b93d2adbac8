// SPDX-License-Identifier: GPL-2.0-or-later
package ome.util.checksum;

/** As OMERO has it, by name. */
public enum ChecksumType {
    ADLER32,
    CRC32,
    MD5,
    MURMUR32,
    MURMUR128,
    SHA1,
    FILE_SIZE
}
