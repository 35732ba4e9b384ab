/** How lines of the log are written, gated and kept. Closed to other modules. */
@NullMarked
package io.tollgate.telemetry.internal;

import org.jspecify.annotations.NullMarked;
