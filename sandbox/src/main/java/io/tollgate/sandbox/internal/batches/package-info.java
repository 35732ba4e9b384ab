/** Files, and batches of requests that are answered later. */
@NullMarked
package io.tollgate.sandbox.internal.batches;

import org.jspecify.annotations.NullMarked;
