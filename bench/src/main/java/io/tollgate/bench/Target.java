package io.tollgate.bench;

/**
 * What load is put on.
 *
 * @param name as the report shows it
 * @param port where it listens
 * @param pid its process
 */
record Target(String name, int port, long pid) {}
