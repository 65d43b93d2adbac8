package org.omerods.omero.model;

/** An experimenter: number and login name. */
public record Person(long id, String name) {}
