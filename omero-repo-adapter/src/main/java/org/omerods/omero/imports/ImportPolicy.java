package org.omerods.omero.imports;

import java.util.List;
import java.util.regex.Pattern;
import org.omerods.omero.remote.OmeroProgram.As;

/**
 * Who may import as whom. Everybody who may write triples on an object can ask for an import, and the service account can
 * act for any OMERO user: so an object is imported for its owner in iRODS, and for nobody else unless that is allowed.
 *
 * @param defaultUser OMERO user where a request names none; {@link #OWNER} stands for the owner of the object
 * @param allowedUsers users that a request may name; {@link #OWNER} as above, {@code *} for anybody
 */
public record ImportPolicy(String defaultUser, List<String> allowedUsers) {
    public static final String OWNER = "{owner}";
    public static final String ANYBODY = "*";
    public static final ImportPolicy OWNERS = new ImportPolicy(OWNER, List.of(OWNER));

    /** As {@code omero import} documents them: class, an optional way to choose among equal names, number or name. */
    private static final Pattern TARGET =
            Pattern.compile("(Dataset|Screen):(\\d{1,18}|id:\\d{1,18}|[+\\-%@]?name:[^\\p{Cntrl}]{1,255})");

    private static final Pattern NAME = Pattern.compile("[^\\-\\p{Cntrl}][^\\p{Cntrl}]{0,254}");

    public ImportPolicy {
        allowedUsers = List.copyOf(allowedUsers);
    }

    /**
     * @return whom the import acts for
     * @throws RefusedException with a sentence for the person who asked
     */
    public As judge(ImportRequest request) throws RefusedException {
        String owner = request.entry().owner();
        if (!request.target().isEmpty() && !TARGET.matcher(request.target()).matches()) {
            throw new RefusedException("target '" + request.target()
                    + "' is none: write Dataset:name:NAME, Dataset:id:NUMBER, Screen:name:NAME or Screen:id:NUMBER");
        }
        String user = request.user().isEmpty() ? defaultUser.replace(OWNER, owner) : request.user();
        if (!request.user().isEmpty()
                && allowedUsers.stream()
                        .noneMatch(allowed -> allowed.equals(ANYBODY)
                                || allowed.replace(OWNER, owner).equals(user))) {
            throw new RefusedException("an import as OMERO user '" + user + "' is not allowed for an object of '"
                    + owner + "': ask the administrator (import.allowed-users)");
        }
        if (!user.isEmpty() && !NAME.matcher(user).matches()) {
            throw new RefusedException("'" + user + "' is no name of an OMERO user");
        }
        if (!request.group().isEmpty() && !NAME.matcher(request.group()).matches()) {
            throw new RefusedException("'" + request.group() + "' is no name of an OMERO group");
        }
        return new As(user, request.group());
    }

    /** A request that will never be granted as it stands. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
