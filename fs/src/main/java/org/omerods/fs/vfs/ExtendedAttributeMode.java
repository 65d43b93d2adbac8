package org.omerods.fs.vfs;

/** What setxattr(2) is to do with an attribute that is there or not. */
public enum ExtendedAttributeMode {
    /** Set it either way. */
    ANY,
    /** XATTR_CREATE: EEXIST when it is there. */
    CREATE,
    /** XATTR_REPLACE: ENODATA when it is not there. */
    REPLACE
}
