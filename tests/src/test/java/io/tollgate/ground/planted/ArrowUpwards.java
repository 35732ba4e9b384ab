package io.tollgate.ground.planted;

import io.tollgate.data.OutboxEvent;

/** An arrow from the ground up, which the picture does not have. */
record ArrowUpwards(OutboxEvent event) {}
