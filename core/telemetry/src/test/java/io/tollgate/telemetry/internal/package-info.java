@NullMarked
package io.tollgate.telemetry.internal;

import org.jspecify.annotations.NullMarked;
