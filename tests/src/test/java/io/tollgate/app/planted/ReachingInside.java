package io.tollgate.app.planted;

import io.tollgate.metering.internal.LedgerPassages;

/** Reaches into the inside of another context, which is closed. */
record ReachingInside(LedgerPassages passages) {}
