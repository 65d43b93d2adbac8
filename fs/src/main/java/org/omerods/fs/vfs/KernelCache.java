package org.omerods.fs.vfs;

/** What a filesystem can tell the kernel about what the kernel remembers. Never blocks for long, never throws. */
public interface KernelCache {
    /** Pages and attributes of an inode are no longer right. */
    void forgetContent(long inode);

    /** A name no longer leads where it led. */
    void forgetEntry(long parent, String name);

    /** For drivers that cannot tell. */
    KernelCache NONE = new KernelCache() {
        @Override
        public void forgetContent(long inode) {}

        @Override
        public void forgetEntry(long parent, String name) {}
    };
}
