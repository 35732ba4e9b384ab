/** What was charged for services: records, statistics, and the routes that show them. */
@NullMarked
package io.tollgate.billing.internal.records;

import org.jspecify.annotations.NullMarked;
