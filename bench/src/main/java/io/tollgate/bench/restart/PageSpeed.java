package io.tollgate.bench.restart;

/**
 * How soon one face could be used, in milliseconds since its address was asked for.
 *
 * @param face console or portal
 * @param coldMs by a browser that has nothing of it yet
 * @param warmMs by one that has
 * @param rowsMs from a list's answer until its first row is there
 */
record PageSpeed(String face, double coldMs, double warmMs, double rowsMs) {}
