@NullMarked
package io.tollgate.telemetry;

import org.jspecify.annotations.NullMarked;
