@NullMarked
package io.tollgate.ledger.internal.lists;

import org.jspecify.annotations.NullMarked;
