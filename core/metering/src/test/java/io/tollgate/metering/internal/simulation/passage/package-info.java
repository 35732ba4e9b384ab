/**
 * Whole histories of charged requests in one thread, from the wallet to the books: gateways with
 * their shards, meter logs on disks that lose what was not forced, settlement and recovery, and a
 * model of the database; seeded, with every fault, against what was seen from outside.
 */
@NullMarked
package io.tollgate.metering.internal.simulation.passage;

import org.jspecify.annotations.NullMarked;
