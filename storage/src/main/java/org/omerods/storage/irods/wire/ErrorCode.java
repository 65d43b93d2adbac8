package org.omerods.storage.irods.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.omerods.storage.StorageException.Reason;

/**
 * What a negative status of the server means: the one place where codes become reasons. A status is the code plus, for
 * errors of the storage below the server, minus an errno: {@code -510002} is UNIX_FILE_OPEN_ERR with ENOENT.
 */
public enum ErrorCode {
    SYS_HEADER_READ_LEN_ERR(-4_000, Reason.UNAVAILABLE),
    SYS_USER_NOT_ALLOWED_TO_CONN(-10_000, Reason.LOGIN_REFUSED),
    SYS_NO_API_PRIV(-13_000, Reason.ACCESS_DENIED),
    SYS_API_INPUT_ERR(-14_000, Reason.CORRUPT),
    SYS_PACK_INSTRUCT_FORMAT_ERR(-15_000, Reason.CORRUPT),
    SYS_FILE_DESC_OUT_OF_RANGE(-19_000, Reason.STALE),
    SYS_INVALID_ZONE_NAME(-26_000, Reason.INVALID),
    SYS_COPY_LEN_ERR(-27_000, Reason.CORRUPT),
    SYS_INVALID_FILE_PATH(-31_000, Reason.INVALID),
    SYS_INVALID_RESC_INPUT(-32_000, Reason.INVALID),
    SYS_NO_PATH_PERMISSION(-36_000, Reason.ACCESS_DENIED),
    SYS_PROXYUSER_NO_PRIV(-39_000, Reason.LOGIN_REFUSED),
    SYS_NO_DATA_OBJ_PERMISSION(-40_000, Reason.ACCESS_DENIED),
    SYS_RESC_DOES_NOT_EXIST(-78_000, Reason.INVALID),
    SYS_RESC_IS_DOWN(-105_000, Reason.UNAVAILABLE),
    SYS_CROSS_ZONE_MV_NOT_SUPPORTED(-109_000, Reason.UNSUPPORTED),
    SYS_RESC_QUOTA_EXCEEDED(-110_000, Reason.NO_SPACE),
    SYS_SOCK_READ_TIMEDOUT(-115_000, Reason.TIMEOUT),
    SYS_SOCK_READ_ERR(-116_000, Reason.UNAVAILABLE),
    SYS_USER_NO_PERMISSION(-121_000, Reason.ACCESS_DENIED),
    SYS_INVALID_INPUT_PARAM(-130_000, Reason.INVALID),
    SYS_INTERNAL_ERR(-154_000, Reason.UNAVAILABLE),
    SYS_SOCK_CONNECT_ERR(-162_000, Reason.UNAVAILABLE),
    SYS_REPLICA_DOES_NOT_EXIST(-164_000, Reason.STALE),
    SYS_NO_GOOD_REPLICA(-166_000, Reason.NO_GOOD_REPLICA),
    SYS_LIBRARY_ERROR(-167_000, Reason.INVALID),
    SYS_REPLICA_INACCESSIBLE(-168_000, Reason.NO_GOOD_REPLICA),
    SYS_NOT_ALLOWED(-169_000, Reason.UNSUPPORTED),
    JSON_VALIDATION_ERROR(-172_000, Reason.INVALID),
    SHUTDOWN_SEQUENCE_INITIATED(-181_000, Reason.UNAVAILABLE),
    USER_SOCK_CONNECT_ERR(-305_000, Reason.UNAVAILABLE),
    USER_STRLEN_TOOLONG(-306_000, Reason.NAME_TOO_LONG),
    /** A string that is longer than its field: a path.  */
    USER_PACKSTRUCT_INPUT_ERR(-308_000, Reason.NAME_TOO_LONG),
    USER_FILE_DOES_NOT_EXIST(-310_000, Reason.NOT_FOUND),
    USER_FILE_TOO_LARGE(-311_000, Reason.NO_SPACE),
    OVERWRITE_WITHOUT_FORCE_FLAG(-312_000, Reason.ALREADY_EXISTS),
    USER_CHKSUM_MISMATCH(-314_000, Reason.CORRUPT),
    USER_INPUT_PATH_ERR(-317_000, Reason.INVALID),
    SAME_SRC_DEST_PATHS_ERR(-339_000, Reason.ALREADY_EXISTS),
    BAD_INPUT_DESC_INDEX(-345_000, Reason.STALE),
    USER_SOCK_CONNECT_TIMEDOUT(-347_000, Reason.TIMEOUT),
    CANT_RM_NON_EMPTY_HOME_COLL(-354_000, Reason.NOT_EMPTY),
    OBJ_PATH_DOES_NOT_EXIST(-358_000, Reason.NOT_FOUND),
    INTERMEDIATE_REPLICA_ACCESS(-405_000, Reason.LOCKED),
    LOCKED_DATA_OBJECT_ACCESS(-406_000, Reason.LOCKED),
    CAT_CONNECT_ERR(-803_000, Reason.UNAVAILABLE),
    CAT_SQL_ERR(-806_000, Reason.INVALID),
    CAT_NO_ROWS_FOUND(-808_000, Reason.NOT_FOUND),
    CATALOG_ALREADY_HAS_ITEM_BY_THAT_NAME(-809_000, Reason.ALREADY_EXISTS),
    CAT_UNKNOWN_COLLECTION(-814_000, Reason.NOT_FOUND),
    CAT_INVALID_ARGUMENT(-816_000, Reason.INVALID),
    CAT_UNKNOWN_FILE(-817_000, Reason.NOT_FOUND),
    CAT_NO_ACCESS_PERMISSION(-818_000, Reason.ACCESS_DENIED),
    CAT_SUCCESS_BUT_WITH_NO_INFO(-819_000, Reason.NOT_FOUND),
    CAT_COLLECTION_NOT_EMPTY(-821_000, Reason.NOT_EMPTY),
    CAT_UNKNOWN_TABLE(-823_000, Reason.UNSUPPORTED),
    CAT_INVALID_AUTHENTICATION(-826_000, Reason.LOGIN_REFUSED),
    CAT_INVALID_USER(-827_000, Reason.LOGIN_REFUSED),
    CAT_INVALID_ZONE(-828_000, Reason.LOGIN_REFUSED),
    CAT_INSUFFICIENT_PRIVILEGE_LEVEL(-830_000, Reason.ACCESS_DENIED),
    CAT_INVALID_CLIENT_USER(-832_000, Reason.LOGIN_REFUSED),
    CAT_NAME_EXISTS_AS_COLLECTION(-833_000, Reason.ALREADY_EXISTS),
    CAT_NAME_EXISTS_AS_DATAOBJ(-834_000, Reason.ALREADY_EXISTS),
    CAT_NOT_A_DATAOBJ_AND_NOT_A_COLLECTION(-836_000, Reason.NOT_FOUND),
    CAT_PASSWORD_EXPIRED(-840_000, Reason.LOGIN_REFUSED),
    CAT_STATEMENT_TABLE_FULL(-860_000, Reason.UNAVAILABLE),
    CAT_TICKET_INVALID(-890_000, Reason.ACCESS_DENIED),
    CAT_TICKET_EXPIRED(-891_000, Reason.ACCESS_DENIED),
    CAT_TICKET_USES_EXCEEDED(-892_000, Reason.ACCESS_DENIED),
    PAM_AUTH_PASSWORD_FAILED(-993_000, Reason.LOGIN_REFUSED),
    PAM_AUTH_PASSWORD_INVALID_TTL(-994_000, Reason.LOGIN_REFUSED),
    INPUT_ARG_NOT_WELL_FORMED_ERR(-1_084_000, Reason.INVALID),
    /** Nearly always a lock: somebody has the object open for writing. Also a hierarchy that no longer exists. */
    HIERARCHY_ERROR(-1_803_000, Reason.LOCKED),
    INVALID_OPERATION(-1_811_000, Reason.INVALID),
    ADVANCED_NEGOTIATION_NOT_SUPPORTED(-1_815_000, Reason.LOGIN_REFUSED),
    PLUGIN_ERROR_MISSING_SHARED_OBJECT(-1_827_000, Reason.LOGIN_REFUSED);

    private static final int STEP = 1000;
    /** UNIX_FILE_… to the object stores: -510000 to -799999 are about the bytes' own storage and carry an errno. */
    private static final int FIRST_STORAGE_ERROR = -510_000;

    private static final int LAST_STORAGE_ERROR = -799_999;
    private static final Map<Integer, ErrorCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toMap(error -> error.code, Function.identity()));

    private final int code;
    private final Reason reason;

    ErrorCode(int code, Reason reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether {@code status} is this error, whatever errno it carries. */
    public boolean is(int status) {
        return withoutErrno(status) == code;
    }

    /** The error of a negative status, where this client knows it. */
    public static Optional<ErrorCode> of(int status) {
        return Optional.ofNullable(BY_CODE.get(withoutErrno(status)));
    }

    /** Why a call with this negative status failed. An unknown one counts as trouble of the server. */
    public static Reason reason(int status) {
        if (isStorage(status)) {
            return reasonOfErrno(-status % STEP);
        }
        return of(status).map(ErrorCode::reason).orElse(Reason.UNAVAILABLE);
    }

    /** The status in words: {@code "-818000 CAT_NO_ACCESS_PERMISSION"}. */
    public static String describe(int status) {
        String name = of(status).map(ErrorCode::name).orElse(isStorage(status) ? "error of the storage" : "");
        int errno = -status % STEP;
        return ("server status " + status + " " + name + (errno == 0 ? "" : " with errno " + errno)).strip();
    }

    private static boolean isStorage(int status) {
        return status <= FIRST_STORAGE_ERROR && status >= LAST_STORAGE_ERROR;
    }

    /** The errno of the server's machine (Linux), from below the resource. */
    private static Reason reasonOfErrno(int errno) {
        return switch (errno) {
            case 1, 13 -> Reason.ACCESS_DENIED;
            case 2 -> Reason.NO_GOOD_REPLICA; // the catalog has the replica, the disk has not
            case 17 -> Reason.ALREADY_EXISTS;
            case 22 -> Reason.INVALID;
            case 27, 28, 122 -> Reason.NO_SPACE;
            case 30 -> Reason.READ_ONLY;
            case 36 -> Reason.NAME_TOO_LONG;
            default -> Reason.UNAVAILABLE;
        };
    }

    private static int withoutErrno(int status) {
        return status / STEP * STEP;
    }
}
