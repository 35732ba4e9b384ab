/**
 * Measures the relay beside a bare Netty passthrough and HAProxy, in the same run and against the
 * same upstream, each a process of its own; settlement beside bare inserts and one transaction per
 * charge, on one database; and the start after a crash. {@link io.tollgate.bench.Bench} leads;
 * {@link io.tollgate.bench.Upstream}, {@link io.tollgate.bench.Passthrough}, {@link
 * io.tollgate.bench.Load} and {@link io.tollgate.bench.Settling} are the processes it starts. Needs
 * Linux: processor time is read from {@code /proc}.
 */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
