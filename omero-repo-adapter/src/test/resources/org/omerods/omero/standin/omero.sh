#!/bin/sh
# Stand-in of the omero program: import, with the outputs, exit codes and failures of omero-py 5.22. What a file does is
# told by its name. State is kept in the folder of this script.
state=$(dirname "$0")
log() { echo "2026-11-20 11:27:49,466 $1" >&2; }
# one write for the line: several companions start several of these at once
call="$OMERO_PASSWORD|$(ls -A | wc -l | tr -d ' ')|$(ls -A "$OMERO_SESSIONDIR" | wc -l | tr -d ' ')"
for word in "$@"; do call="$call|$word"; done
echo "$call" >> "$state/calls"

shift # import
files=''
if [ "$1" = -f ]; then
    find "$2" -type f | sort | while read -r file; do
        case $file in
            *.companion.ome)
                echo '#======================================'
                echo "# Group: $file SPW: false Reader: loci.formats.in.OMETiffReader"
                echo "$file"
                find "$(dirname "$file")" -name '*.ome.tiff' | sort ;;
            *.ome.tiff | *garbage*) ;;
            *.ndpi | *.svs | *.tif)
                echo '#======================================'
                echo "# Group: $file SPW: false Reader: loci.formats.in.NDPIReader"
                echo "$file" ;;
        esac
    done
    exit 0
fi

user='' admin='' exclude='' continue=''
nl='
'
while [ $# -gt 0 ]; do
    case $1 in
        -s | -p | -T | -g) shift ;;
        -u) shift; user=$1 ;;
        --sudo) shift; admin=$1 ;;
        --exclude=clientpath) exclude=1 ;;
        --skip=*,*) echo "usage: importer-cli" >&2; exit 2 ;;
        -c) continue=1 ;;
        --*) ;;
        *) files="$files$1$nl" ;;
    esac
    shift
done

if [ -e "$state/down" ]; then
    echo "Ice.ConnectionRefusedException: 127.0.0.1:4064 isn't running" >&2
    exit 42
fi
if [ "$OMERO_PASSWORD" != 'root & pw' ]; then
    echo "Password check failed for '${admin:-$user}': [id=0]" >&2
    echo "stdin is not a terminal: cannot request password" >&2
    exit 44
fi
echo "Created session for $user@127.0.0.1:4064. Idle timeout: 10 min. Current group: rolab" >&2

status=0
IFS=$nl
for file in $files; do
    client=${file#/}
    if [ -n "$exclude" ] && grep -qxF "$client" "$state/imported" 2>/dev/null; then
        log "INFO  [exclusions.ClientPathExclusion] ClientPath match for filename: $client"
        continue
    fi
    case $file in
        *garbage*)
            [ -n "$continue" ] && continue
            echo "No imports found" >&2; exit 1 ;;
        *truncated*)
            log "ERROR [mats.importer.cli.ErrorHandler] FILE_EXCEPTION: $file"
            echo "loci.formats.FormatException: No IFDs found" >&2
            [ -n "$continue" ] && continue
            echo "No imports due to errors!" >&2; exit 0 ;;
    esac
    if [ ! -e "$file" ]; then echo "No imports found" >&2; exit 1; fi
    log "INFO  [orter.cli.LoggingImportMonitor] FILESET_UPLOAD_START"
    log "INFO  [orter.cli.LoggingImportMonitor] FILE_UPLOAD_STARTED: $file"
    case $file in
        *hang*)
            echo "$client" >> "$state/imported" # what a killed importer leaves is found by --exclude=clientpath
            echo $$ > "$state/hanging"
            sleep 600 & wait ;;
    esac
    case $file in
        *wait*)
            echo $$ > "$state/waiting"
            while [ ! -e "$state/go" ]; do sleep 0.05; done ;;
    esac
    log "INFO  [orter.cli.LoggingImportMonitor] METADATA_IMPORTED Step: 1 of 5  Logfile: 32"
    case $file in
        *deflate*)
            log "ERROR [mats.importer.cli.ErrorHandler] INTERNAL_EXCEPTION: $file"
            echo "java.lang.RuntimeException: Failure response on import!" >&2
            echo "Category: ::omero::grid::ImportRequest" >&2
            echo "Name: import-file-exception" >&2
            echo "Parameters: {filename=x, stacktrace=loci.formats.FormatException: ZipException: incorrect header check" >&2
            log "INFO  [formats.importer.ImportLibrary] Exiting on error"
            status=2
            if [ -n "$continue" ]; then status=0; continue; fi
            break ;;
    esac
    number=$(($(cat "$state/number" 2>/dev/null || echo 1) + 1))
    echo $number > "$state/number"
    echo "$client" >> "$state/imported"
    echo "---"
    echo "- Fileset: $number"
    echo "  Image: [$((number * 10)),$((number * 10 + 1))]"
    log "INFO  [orter.cli.LoggingImportMonitor] IMPORT_DONE Imported file: $file"
done
echo >&2
echo "==> Summary" >&2
exit $status
