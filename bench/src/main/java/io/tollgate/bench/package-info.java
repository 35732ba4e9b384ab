/**
 * Measures the relay beside a bare Netty passthrough and HAProxy, in the same run and against the
 * same upstream, each a process of its own; settlement beside bare inserts and one transaction per
 * charge, on one database; and the start after a crash. {@link io.tollgate.bench.Bench} leads;
 * {@link io.tollgate.bench.peers.UpstreamServer}, {@link
 * io.tollgate.bench.peers.PassthroughServer}, {@link io.tollgate.bench.load.LoadProcess} and {@link
 * io.tollgate.bench.settlement.SettlementProcess} are the processes it starts. Needs Linux:
 * processor time is read from {@code /proc}.
 */
@NullMarked
package io.tollgate.bench;

import org.jspecify.annotations.NullMarked;
