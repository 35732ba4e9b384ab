@NullMarked
package io.tollgate.billing.internal;

import org.jspecify.annotations.NullMarked;
