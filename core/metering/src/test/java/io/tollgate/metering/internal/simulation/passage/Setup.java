package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.Durability;

/**
 * What a history is played on.
 *
 * @param shards event loops of each process
 * @param large whether all records are large, so that a log has many segments
 * @param limited whether there are spend limits
 */
record Setup(Durability durability, int machines, int shards, boolean large, boolean limited) {}
