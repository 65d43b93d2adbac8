package org.omerods.fs.vfs;

import org.omerods.fs.staging.Staging;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;

/** All operations that change something, of a filesystem where that is allowed. Thread-safe. */
final class Changes {
    private final Writing writing;
    private final CreateOperation creation;
    private final WriteOperations writes;
    private final AttributeChangeOperations attributes;
    private final NameOperations names;
    private final RenameOperation renames;

    Changes(Shared shared, Writing writing, FileOperations files) {
        OwnershipChanges ownership =
                shared.config().writing().map(WritingConfig::ownership).orElse(OwnershipChanges.REFUSE);
        this.writing = writing;
        files.writeBy(writing);
        this.creation = new CreateOperation(shared, writing, ownership, files);
        this.writes = new WriteOperations(shared, writing, files.handles());
        this.attributes = new AttributeChangeOperations(shared, writing, ownership, files.handles());
        this.names = new NameOperations(shared, writing, ownership);
        this.renames = new RenameOperation(shared, writing, names);
    }

    Staging staging() {
        return writing.staging();
    }

    void create(Request request, Place place, int flags, int permissions, Reply<CreatedFile> reply) {
        creation.create(request, place, flags, permissions, reply);
    }

    WriteOperations writes() {
        return writes;
    }

    AttributeChangeOperations attributes() {
        return attributes;
    }

    NameOperations names() {
        return names;
    }

    RenameOperation renames() {
        return renames;
    }
}
