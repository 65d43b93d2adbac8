package org.omerods.omero.links;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.omerods.omero.links.LinkFinding.State;
import org.omerods.storage.Collection;
import org.omerods.storage.DataObject;
import org.omerods.storage.Entry;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the links of a managed repository with iRODS, and re-points those whose object was moved. Safe to run at any
 * time and to repeat: a link is only ever replaced by one to a data object that says it is this file, and never removed.
 */
public final class LinkCheck {
    private static final Logger log = LoggerFactory.getLogger(LinkCheck.class);

    private final Path repository;
    private final MountPaths mount;
    private final Storage storage;
    private final String prefix;

    /**
     * @param repository the managed repository's folder on this machine
     * @param prefix of the companion's attributes
     */
    public LinkCheck(Path repository, MountPaths mount, Storage storage, String prefix) {
        this.repository = repository;
        this.mount = mount;
        this.storage = storage;
        this.prefix = prefix;
    }

    /** Looks at every link, in no particular order; changes nothing. */
    public List<LinkFinding> check() throws IOException, StorageException {
        ManagedFiles files = ManagedFiles.read(storage.avus(), mount.collections(), prefix);
        List<Path[]> links = new ArrayList<>();
        RepositoryLinks.walk(repository, mount, (link, target) -> links.add(new Path[] {link, target}));
        List<LinkFinding> findings = new ArrayList<>();
        for (Path[] link : links) {
            findings.add(judge(link[0], link[1], files));
        }
        return findings;
    }

    /** {@link #check}, and re-points what was moved. */
    public List<LinkFinding> fix() throws IOException, StorageException {
        return check().stream().map(this::fixed).toList();
    }

    private LinkFinding judge(Path link, Path target, ManagedFiles files) throws StorageException {
        StoragePath now = mount.remote(target).orElseThrow();
        Set<StoragePath> objects = files.objectsOf(repository.relativize(link).toString());
        if (objects.contains(now)) {
            return new LinkFinding(link, target, State.OK, Optional.empty(), "");
        }
        if (objects.isEmpty()) {
            return unknown(link, target, now);
        }
        if (objects.size() > 1) {
            return problem(link, target, State.AMBIGUOUS, "several objects say they are this file: " + objects);
        }
        StoragePath moved = objects.iterator().next();
        if (!(find(moved).orElse(null) instanceof DataObject)) {
            return problem(link, target, State.DIRECTORY, moved + " says it is this file and is no data object");
        }
        Optional<Path> wanted = mount.local(moved);
        return wanted.isPresent()
                ? new LinkFinding(link, target, State.MOVED, wanted, "the object is " + moved + " now")
                : problem(link, target, State.OUTSIDE, "the object is " + moved + ", which no mount shows");
    }

    /** No object says that it is this file, for example because the mirror has not seen it yet. */
    private LinkFinding unknown(Path link, Path target, StoragePath path) throws StorageException {
        Optional<Entry> entry = find(path);
        if (entry.isEmpty()) {
            return problem(link, target, State.GONE, path + " is gone, and no object says it is this file");
        }
        return entry.get() instanceof Collection
                ? problem(link, target, State.DIRECTORY, "leads to a collection: OMERO would empty it with the image")
                : new LinkFinding(link, target, State.OK, Optional.empty(), "");
    }

    private Optional<Entry> find(StoragePath path) throws StorageException {
        try {
            return Optional.of(storage.stat(path));
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static LinkFinding problem(Path link, Path target, State state, String note) {
        return new LinkFinding(link, target, state, Optional.empty(), note);
    }

    private LinkFinding fixed(LinkFinding finding) {
        if (finding.state() != State.MOVED) {
            return finding;
        }
        Path wanted = finding.wanted().orElseThrow();
        try {
            Path before = Files.readSymbolicLink(finding.link());
            boolean done = LinkReplacement.replace(finding.link(), wanted, () -> leadsTo(finding, before));
            if (done) {
                log.info("{} leads to {} now (it led to {})", finding.link(), wanted, finding.target());
                return new LinkFinding(finding.link(), finding.target(), State.FIXED, finding.wanted(), finding.note());
            }
            return problem(finding.link(), finding.target(), State.FAILED, "was changed by somebody else meanwhile");
        } catch (IOException e) {
            log.warn("{} cannot be re-pointed to {}: {}", finding.link(), wanted, e.toString());
            return problem(
                    finding.link(), finding.target(), State.FAILED, "cannot be re-pointed to " + wanted + ": " + e);
        }
    }

    private static boolean leadsTo(LinkFinding finding, Path before) throws IOException {
        return Files.isSymbolicLink(finding.link())
                && Files.readSymbolicLink(finding.link()).equals(before)
                && finding.link().resolveSibling(before).normalize().equals(finding.target());
    }
}
