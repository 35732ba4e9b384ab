/** The register in PostgreSQL. */
@NullMarked
package io.tollgate.trading.engine.internal;

import org.jspecify.annotations.NullMarked;
