/** How the sandbox provider answers, counts and keeps its journal; closed to others. */
@NullMarked
package io.tollgate.sandbox.internal;

import org.jspecify.annotations.NullMarked;
