@NullMarked
package io.tollgate.billing.internal.records;

import org.jspecify.annotations.NullMarked;
