package io.tollgate.app.planted;

import io.tollgate.metering.internal.MeteringParts;

/** Reaches into the inside of another context, which is closed. */
record ReachingInside(MeteringParts passages) {}
