package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.served.Journal;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What all routes share.
 *
 * @param folder where the provider keeps what must outlive it
 */
public record Site(
    Vertx vertx, Journal journal, TokenCounter counter, InstantSource clock, Path folder) {}
