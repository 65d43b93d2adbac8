"""Reads one data object from its start with python-irodsclient, prints bytes and seconds.

Arguments: host, port, zone, user, password file, logical path, bytes of a read, most seconds.
"""

import sys
import time

from irods.session import iRODSSession

host, port, zone, user, password_file, path, block, limit = sys.argv[1:]
with open(password_file) as lines:
    password = lines.readline().strip()
with iRODSSession(host=host, port=int(port), zone=zone, user=user, password=password) as session:
    with session.data_objects.open(path, "r") as stream:
        done = 0
        start = time.monotonic()
        while time.monotonic() - start < float(limit):
            data = stream.read(int(block))
            if not data:
                break
            done += len(data)
        print(done, time.monotonic() - start)
