-- Tables and columns of an OMERO database that the companion reads. Names and types are OMERO's.
create table configuration (name varchar(255) primary key, value text);
create table experimenter (id bigint primary key, omename varchar(255) not null);
create table experimentergroup (id bigint primary key, name varchar(255) not null, permissions bigint not null);
create table event (id bigint primary key, "time" timestamp, experimenter bigint, experimentergroup bigint);
create table eventlog (id bigint primary key, action varchar(255) not null, entitytype varchar(255) not null,
    entityid bigint not null, event bigint not null);
create table externalinfo (id bigint primary key, entityid bigint, entitytype text, lsid text, uuid varchar(255));
create table checksumalgorithm (id bigint primary key, value varchar(255));
create table originalfile (id bigint primary key, repo varchar(36), path text not null, name varchar(255) not null,
    size bigint, hash varchar(255), hasher bigint, mimetype varchar(255), owner_id bigint, group_id bigint,
    update_id bigint);
create table fileset (id bigint primary key, templateprefix text, owner_id bigint, group_id bigint, update_id bigint);
create table filesetentry (id bigint primary key, clientpath text not null, fileset bigint, originalfile bigint,
    fileset_index integer);
create table image (id bigint primary key, name varchar(255), series integer, fileset bigint, owner_id bigint,
    group_id bigint, update_id bigint, external_id bigint);
create table pixels (id bigint primary key, image bigint, image_index integer, path text, name text, repo varchar(36));
create table roi (id bigint primary key, image bigint, owner_id bigint, group_id bigint);
create table project (id bigint primary key, name varchar(255), owner_id bigint, group_id bigint);
create table dataset (id bigint primary key, name varchar(255), owner_id bigint, group_id bigint);
create table screen (id bigint primary key, name varchar(255), owner_id bigint, group_id bigint);
create table plate (id bigint primary key, name varchar(255), owner_id bigint, group_id bigint);
create table well (id bigint primary key, plate bigint, "row" integer, "column" integer);
create table wellsample (id bigint primary key, well bigint, image bigint);
create table projectdatasetlink (id bigint primary key, parent bigint, child bigint);
create table datasetimagelink (id bigint primary key, parent bigint, child bigint);
create table screenplatelink (id bigint primary key, parent bigint, child bigint);
create table annotation (id bigint primary key, discriminator varchar(31) not null, ns varchar(255), textvalue text,
    longvalue bigint, boolvalue boolean, doublevalue double precision, file bigint, owner_id bigint, group_id bigint,
    update_id bigint);
create table annotation_mapvalue (annotation_id bigint, name text not null, value text not null, "index" integer,
    primary key (annotation_id, "index"));
create table imageannotationlink (id bigint primary key, parent bigint, child bigint);
create table filesetannotationlink (id bigint primary key, parent bigint, child bigint);
create table _fs_deletelog (event_id bigint, file_id bigint, owner_id bigint, group_id bigint, path text,
    name varchar(255), repo varchar(36));
create index on originalfile (mimetype);
create index on originalfile (hash);
create index on originalfile (repo);
create index on filesetentry (fileset);
create index on filesetentry (originalfile);
create index on image (fileset);
create index on pixels (image);
create index on roi (image);
create index on wellsample (image);
create index on datasetimagelink (child);
create index on datasetimagelink (parent);
create index on projectdatasetlink (child);
create index on screenplatelink (child);
create index on imageannotationlink (parent);
create index on imageannotationlink (child);
create index on filesetannotationlink (parent);
create index on filesetannotationlink (child);
grant select on configuration, experimenter, experimentergroup, event, eventlog, externalinfo, checksumalgorithm,
    originalfile, fileset, filesetentry, image, pixels, roi, project, dataset, screen, plate, well, wellsample,
    projectdatasetlink, datasetimagelink, screenplatelink, annotation, annotation_mapvalue, imageannotationlink,
    filesetannotationlink, _fs_deletelog to irods_companion;
