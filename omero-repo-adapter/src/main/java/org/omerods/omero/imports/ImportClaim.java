package org.omerods.omero.imports;

import org.omerods.storage.Avu;
import org.omerods.storage.StoragePath;

/**
 * The right of one companion to run one import, until it expires or is given back.
 *
 * @param objectId catalog number of the object or collection, which stays when it is moved
 * @param avu the triple that is the claim
 */
record ImportClaim(StoragePath path, long objectId, Avu avu) {}
