package io.tollgate.metering.internal.shard.planted;

import io.tollgate.metering.internal.database.bank.DatabaseBank;

/** An arrow from a room up to one that stands on it. */
record ShardKnowsDatabase(DatabaseBank bank) {}
