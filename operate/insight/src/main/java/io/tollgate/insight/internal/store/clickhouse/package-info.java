/** Requests kept in ClickHouse, over its interface of plain HTTP. */
@NullMarked
package io.tollgate.insight.internal.store.clickhouse;

import org.jspecify.annotations.NullMarked;
