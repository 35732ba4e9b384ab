/**
 * Logs and metrics: where they go and how they are written. Knows nothing of what they are about.
 */
@NullMarked
package io.tollgate.telemetry;

import org.jspecify.annotations.NullMarked;
