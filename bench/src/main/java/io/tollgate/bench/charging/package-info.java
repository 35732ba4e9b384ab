/** P6: what backends check and deduct per second, over HTTP and over gRPC. */
@NullMarked
package io.tollgate.bench.charging;

import org.jspecify.annotations.NullMarked;
