package io.tollgate.app.planted;

import io.tollgate.metering.internal.MeteringProcess;

/** Reaches into the inside of another context, which is closed. */
record ReachingInside(MeteringProcess passages) {}
